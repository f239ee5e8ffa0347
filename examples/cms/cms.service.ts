import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { ModelRegistry, SignalEmitter } from '@dynamo/nest';
import { hasField } from './content-type.js';
import { currentUser } from './current-user.js';
import { User } from './user.entity.js';

const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 50);

/** What the application does for the entries of every content type. */
@Injectable()
export class CmsService implements OnApplicationBootstrap {
  constructor(
    private readonly signals: SignalEmitter,
    private readonly registry: ModelRegistry,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.signals.connect('pre_save', ({ model, created, values }) => {
      if (!created) return;
      const { definition } = this.registry.get(model);
      if (hasField(definition, 'slug') && typeof values['title'] === 'string') {
        values['slug'] ??= slugOf(values['title']);
      }
      if (hasField(definition, 'author')) values['author'] ??= currentUser()?.id ?? null;
    });

    if ((await this.users.count()) > 0) return;
    await this.users.save([
      { email: 'ada@example.org', token: 'ada', isAdmin: true },
      { email: 'bob@example.org', token: 'bob' },
      { email: 'eve@example.org', token: 'eve' },
    ]);
  }
}
