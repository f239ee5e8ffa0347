/** The options after defaults, a {@link ResolvedDynamoOptions}. */
export const DYNAMO_OPTIONS = Symbol('DYNAMO_OPTIONS');
/** The TypeORM DataSource that Dynamo works on. */
export const DYNAMO_DATA_SOURCE = Symbol('DYNAMO_DATA_SOURCE');
/** Where the API is mounted, without slashes at its ends. */
export const DYNAMO_ROUTE_PREFIX = Symbol('DYNAMO_ROUTE_PREFIX');
/** The {@link AccessPolicy} of the application. */
export const DYNAMO_ACCESS = Symbol('DYNAMO_ACCESS');
/** What is told of Dynamo's work, {@link Measures}. */
export const DYNAMO_MEASURES = Symbol('DYNAMO_MEASURES');
/** Where the admin is, and where it finds the API. */
export const DYNAMO_ADMIN_ADDRESS = Symbol('DYNAMO_ADMIN_ADDRESS');
/** The directory that the build of the admin has filled. */
export const DYNAMO_ADMIN_DIRECTORY = Symbol('DYNAMO_ADMIN_DIRECTORY');
