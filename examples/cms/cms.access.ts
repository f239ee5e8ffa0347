import { Injectable } from '@nestjs/common';
import type { AccessPolicy, AccessQuestion, Decision } from '@dynamo/nest';
import { hasField } from './content-type.js';
import type { User } from './user.entity.js';

/** Fields of an entry that are not for authors to fill in. */
const NOT_FOR_AUTHORS = new Set(['author', 'published']);

/** Admins may do everything, authors what concerns their own entries; everybody reads what is published. */
@Injectable()
export class CmsAccess implements AccessPolicy<User> {
  decide({ user, action, definition }: AccessQuestion<User>): Decision {
    if (user?.isAdmin) return true;
    // Content types themselves.
    if (definition === null) return false;
    const own = user !== null && hasField(definition, 'author') && { author: { $eq: user.id } };
    if (action === 'view') {
      if (!hasField(definition, 'published')) return true;
      const published = { published: { $eq: true } };
      return { where: own ? { $or: [published, own] } : published };
    }
    const names = definition.fields.map(({ name }) => name);
    return own && { where: own, fields: names.filter((name) => !NOT_FOR_AUTHORS.has(name)) };
  }

  keyOf(user: User | null): string {
    return user?.isAdmin ? 'admin' : `author ${user?.id}`;
  }
}
