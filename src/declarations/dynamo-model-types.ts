import type { ObjectLiteral } from 'typeorm';

/**
 * Qualified name of a model → its record as a repository gives it. Empty here: the file that `dynamo types` writes adds
 * every model, so that `models.repository('shop.Product')` is typed by the name alone.
 */
export interface DynamoModelTypes {}

/**
 * Name of an entity of the application → its class, so that relations of models to it are typed.
 *
 * @example declare module '@dynamo/nest' { interface DynamoEntityTypes { User: User } }
 */
export interface DynamoEntityTypes {}

/** An entity of the application as declarations of models name it. */
export type DynamoEntity<Name extends string> = Name extends keyof DynamoEntityTypes
  ? DynamoEntityTypes[Name]
  : ObjectLiteral;

/** A duration as a repository gives it: what pg makes of an interval. A part that is nothing is left out. */
export interface DynamoInterval {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
  milliseconds?: number;
  toPostgres(): string;
  toISOString(): string;
}
