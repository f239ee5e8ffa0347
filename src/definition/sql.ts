/** Quotes an identifier for PostgreSQL. Together with {@link literal} the only place where SQL text is built from names or values. */
export const quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** Quotes `schema.table`. */
export const quoteTable = (table: { readonly schema: string; readonly name: string }): string =>
  `${quote(table.schema)}.${quote(table.name)}`;

/** Writes a value as an SQL string literal, for the places where DDL takes no parameters. */
export const literal = (value: string | number | boolean): string => {
  const text = String(value);
  const escaped = text.replaceAll("'", "''");
  // A backslash is only data in an E'' string with the backslash doubled, whatever standard_conforming_strings says.
  return text.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`;
};
