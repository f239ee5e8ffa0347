import { Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DynamoModule, ProblemFilter } from '@dynamo/nest';
import { CatalogueService } from './catalogue.service.js';
import { CheckoutController } from './checkout.controller.js';
import { money } from './money.field-type.js';
import { ShopAccess } from './shop.access.js';
import { Customer, Order } from './shop.entities.js';
import { ShopGuard } from './shop.guard.js';

/** The kinds of attributes that a merchant may invent. */
const TYPES = ['char', 'text', 'boolean', 'positive_integer', 'decimal', 'choice', 'money', 'foreign_key'];

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: () => ({
        type: 'postgres',
        url: process.env.DATABASE_URL,
        entities: [Customer, Order],
        synchronize: true,
      }),
    }),
    DynamoModule.forRoot({ defaultApp: 'shop', access: ShopAccess, fieldTypes: [money], allowedFieldTypes: TYPES }),
  ],
  controllers: [CheckoutController],
  providers: [
    CatalogueService,
    { provide: APP_GUARD, useClass: ShopGuard },
    { provide: APP_PIPE, useValue: new ValidationPipe() },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class AppModule {}
