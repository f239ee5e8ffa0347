import type { ModelDefinition } from '@dynamo/nest';

/** Admins invent the content types. What the application does for one depends on the fields that it has. */
export const hasField = ({ fields }: ModelDefinition, name: string): boolean =>
  fields.some((field) => field.name === name);
