import type { RawQuery } from './request-values.js';

/** The tests of the filter by name, whichever way they were written. */
const filterOf = ({ filter, ...query }: RawQuery): object => ({
  ...(typeof filter === 'string' ? (JSON.parse(filter) as object) : {}),
  ...Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (key.startsWith('filter.') ? [[key.slice(7), value]] : [])),
  ),
});

/** What a valid list request asked for, to be asked again of another page. */
export class Asked {
  readonly filter: object;
  /** The cursor that it began at, if any. */
  readonly cursor: string;
  private readonly base: string;

  /** @param path of the list */
  constructor(path: string, query: RawQuery) {
    const { page: _page, after, before, ...rest } = query;
    const entries = Object.entries(rest).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).map((item): [string, string] => [key, String(item)]),
    );
    this.filter = filterOf(query);
    this.cursor = String(after ?? before ?? '');
    this.base = `${path}?${new URLSearchParams([...entries, ['', '']]).toString().slice(0, -1)}`;
  }

  /** Address of the same list with one more parameter, whose value needs no encoding: a number, or a cursor. */
  address(parameter: 'page' | 'after' | 'before', value: number | string): string {
    return `${this.base}${parameter}=${value}`;
  }
}
