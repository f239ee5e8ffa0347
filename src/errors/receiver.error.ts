import { DynamoError } from './dynamo.error.js';

/** A method that receives signals belongs to no one instance that lives as long as the application. */
export class UnreachableReceiverError extends DynamoError {
  readonly status = 500;
  readonly code = 'unreachable_receiver';

  constructor(
    readonly provider: string,
    readonly method: string,
    readonly signal: string,
  ) {
    super(
      `"${provider}.${method}" receives "${signal}", but ${provider} is request-scoped or transient, by itself or through what is injected into it, and signals belong to no request. Move the method to a provider of the default scope; what differs from request to request, it can fetch with ModuleRef.resolve().`,
    );
  }
}
