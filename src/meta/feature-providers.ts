import { type FactoryProvider, Inject } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { foldName } from '../definition/identifiers.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import { DynamoModels } from './dynamo-models.service.js';

/**
 * Token of the {@link Records} of a model; its name is found without regard to case.
 *
 * @example const products = app.get<Records>(getRecordsToken('shop.Product'));
 */
export const getRecordsToken = (model: string): string => `DynamoRecords:${foldName(model)}`;

/**
 * Token of TypeORM's repository of a model.
 *
 * @example const products = app.get<Repository<Product>>(getModelRepositoryToken('shop.Product'));
 */
export const getModelRepositoryToken = (model: string): string => `DynamoRepository:${foldName(model)}`;

/**
 * Injects the record API of a model, where the module imports `DynamoModule.forFeature([model])`.
 *
 * @example
 * class Shop {
 *   constructor(@InjectRecords('shop.Product') private readonly products: Records) {}
 * }
 */
export const InjectRecords = (model: string) => Inject(getRecordsToken(model));

/**
 * Injects TypeORM's repository of a model, where the module imports `DynamoModule.forFeature([model])`. The model must
 * exist when the repository is used, not when it is injected.
 *
 * @example
 * class Shop {
 *   constructor(@InjectModelRepository('shop.Product') private readonly products: Repository<Product>) {}
 * }
 */
export const InjectModelRepository = (model: string) => Inject(getModelRepositoryToken(model));

/** What a module injects for these models. */
export const featureProviders = (models: readonly string[]): FactoryProvider[] =>
  models.flatMap((model) => [
    { provide: getRecordsToken(model), inject: [DynamoModels], useFactory: (all: DynamoModels) => all.records(model) },
    {
      provide: getModelRepositoryToken(model),
      inject: [DYNAMO_DATA_SOURCE],
      useFactory: (dataSource: DataSource) => dataSource.getRepository(model),
    },
  ]);
