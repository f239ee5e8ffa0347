/** The API of a model's records behind the route prefix, or null for entities of the application's, which have none. */
export const modelPath = (name: string): string | null =>
  name.includes('.') ? name.toLowerCase().replace('.', '/') : null;
