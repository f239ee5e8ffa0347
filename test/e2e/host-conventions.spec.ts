import {
  Body,
  ConflictException,
  Controller,
  Get,
  Injectable,
  Module,
  NotFoundException,
  Post,
  ValidationPipe,
} from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IsEmail } from 'class-validator';
import { type AccessPolicy, type Decision, DynamoModule, type FieldType, fieldTypes } from '../../src/index.js';
import { defineModel } from '../fixtures/arrange.js';
import { startApp, type TestServer } from '../support/server.js';

class Subscription {
  @IsEmail()
  email: string;
}

@Controller('letters')
class LettersController {
  @Post()
  subscribe(@Body(new ValidationPipe()) subscription: Subscription): Subscription {
    return subscription;
  }

  @Get('lost')
  lost(): void {
    throw new NotFoundException('The letter is lost.');
  }

  @Get('twice')
  twice(): void {
    throw new ConflictException('There is one.');
  }
}

/** Something that a policy needs to decide. */
@Injectable()
class Hours {
  readonly areOpen = true;
}

@Module({ providers: [Hours], exports: [Hours] })
class HoursModule {}

@Injectable()
class OpenHours implements AccessPolicy {
  constructor(private readonly hours: Hours) {}

  decide(): Decision {
    return this.hours.areOpen;
  }
}

const money = { ...fieldTypes.decimal, name: 'money', label: 'Money', description: 'An amount.' } satisfies FieldType;

describe('an application with conventions of its own', () => {
  let server: TestServer;

  beforeAll(async () => {
    const dynamo = DynamoModule.forRoot({ access: OpenHours, imports: [HoursModule], fieldTypes: [money] });
    server = await startApp({ dynamo, controllers: [LettersController] });
  });
  afterAll(() => server?.close());

  it('has its own errors told as it throws them', async () => {
    const invalid = await server.http.post('/letters', { email: 'nobody' });
    const lost = await server.http.get('/letters/lost');
    const twice = await server.http.get('/letters/twice');
    const nowhere = await server.http.get('/nowhere');

    expect(invalid).toMatchObject({
      status: 400,
      body: { code: 'bad_request', detail: 'email must be an email.', errors: [{ message: 'email must be an email' }] },
    });
    expect(lost).toMatchObject({ status: 404, body: { code: 'not_found', detail: 'The letter is lost.' } });
    expect(twice).toMatchObject({ status: 409, body: { code: 'conflict', detail: 'There is one.' } });
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  });

  it('has a policy that injects a service of another module', async () => {
    expect(await server.http.get('/api/meta/models')).toMatchObject({ status: 200 });
  });

  it('builds a field type on one of those that come with Dynamo, whose alias goes on to mean that one', async () => {
    await defineModel(server.http, {
      app: 'shop',
      name: 'Lamp',
      fields: [
        { name: 'price', type: 'money', options: { min: 0 } },
        { name: 'weight', type: 'DecimalField' },
      ],
    });

    const created = await server.http.post('/api/shop/lamp', { price: '5', weight: '1.5' });
    const refused = await server.http.post('/api/shop/lamp', { price: '-5' });
    const { fields } = await server.models.get('shop.Lamp');

    expect(created).toMatchObject({ status: 201, body: { price: '5.00', weight: '1.50' } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'price', code: 'out_of_range' }] } });
    expect(fields.map(({ type }) => type)).toEqual(['money', 'decimal']);
  });
});
