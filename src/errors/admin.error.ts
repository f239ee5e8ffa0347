import { DynamoError } from './dynamo.error.js';

/** The page is built by a step of its own, which has not run where the server was started. */
export class AdminNotBuiltError extends DynamoError {
  readonly status = 404;
  readonly code = 'admin_not_built';

  constructor() {
    super('The admin was not built: run "npm run build" in the directory of Dynamo, and load this page again.');
  }
}
