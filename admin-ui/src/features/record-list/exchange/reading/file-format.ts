/** How records are written into a file. */
export type FileFormat = 'csv' | 'ndjson' | 'json';

export const FILE_FORMATS: readonly FileFormat[] = ['csv', 'ndjson', 'json'];

/** What a chooser of files offers first. */
export const ACCEPTED = '.csv,.tsv,.txt,.ndjson,.jsonl,.json,text/csv,application/json';

const TABLES = /\.(csv|tsv)$/i;

/** @param name of the file @param start its first characters */
export const formatOf = (name: string, start: string): FileFormat => {
  const first = start.trimStart()[0];
  if (TABLES.test(name)) return 'csv';
  if (first === '[') return 'json';
  return first === '{' ? 'ndjson' : 'csv';
};
