import { describe, expect, it } from '@jest/globals';
import {
  exportAddress,
  type ExportChoice,
  type ExportedView,
} from '../../../admin-ui/src/features/record-list/exchange/export/export-address.js';
import { importAddress } from '../../../admin-ui/src/features/record-list/exchange/import/import-options.js';
import { failedFile, valueAt } from '../../../admin-ui/src/features/record-list/exchange/import/failed-records.js';

const VIEW: ExportedView = {
  filter: { q: ' oak ', $and: [{ stock: { $gt: 1 } }] },
  sort: { field: 'title', order: 'DESC' },
  selectedIds: [3, 1],
  shown: ['id', 'title'],
};
const exported = (choice: Partial<ExportChoice>, view: Partial<ExportedView> = {}) => {
  const address = exportAddress({ format: 'csv', records: 'all', columns: 'all', ...choice }, { ...VIEW, ...view });
  return address === undefined ? undefined : Object.fromEntries(new URLSearchParams(address.replace('export?', '')));
};

describe('the address of an export', () => {
  it.each([
    ['all records', { records: 'all' }, {}],
    ['a view', { records: 'view' }, { search: 'oak', filter: '{"$and":[{"stock":{"$gt":1}}]}' }],
    ['a selection', { records: 'selected' }, { filter: '{"id":{"$in":[3,1]}}' }],
    ['the columns that are shown', { columns: 'shown' }, { select: 'id,title' }],
  ] as const)('asks for %s', (_title, choice, parameters) => {
    expect(exported(choice)).toEqual({ format: 'csv', sortBy: 'title:DESC', ...parameters });
  });

  it('is none where it would be too long', () => {
    const selectedIds = Array.from({ length: 500 }, () => '8c4c1d1e-0000-4000-8000-000000000000');

    expect(exported({ records: 'selected' }, { selectedIds })).toBeUndefined();
  });
});

describe('the address of an import', () => {
  it('says what differs from what the server does by itself', () => {
    const match = new Map([
      ['title', 'title'],
      ['Colour', null],
      ['Code', 'sku'],
    ]);
    const options = { on: ['sku', 'shop'], skipsErrors: true };
    const address = importAddress('shop/product', { options, match, delimiter: '\t', isDryRun: true });
    const [path, query] = address.split('?');

    expect(path).toBe('shop/product/import');
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      maxErrors: '10000',
      dryRun: 'true',
      onError: 'skip',
      on: 'sku,shop',
      delimiter: 'tab',
      columns: '{"Colour":null,"Code":"sku"}',
    });
  });
});

describe('the records that are wrong', () => {
  const csv = { format: 'csv', delimiter: ';', columns: ['title', 'Price of it'] } as const;
  const mistake = (record: number, path: string, message = 'No.') => ({ record, line: record + 1, path, message });
  const match = new Map([
    ['title', 'title'],
    ['Price of it', 'price'],
  ]);

  it('show the value that is wrong as the file has it', () => {
    const lines = { format: 'ndjson', delimiter: undefined, columns: ['Price of it'] } as const;

    expect(valueAt('"a;b";x', mistake(1, 'price'), csv, match)).toBe('x');
    expect(valueAt('a;b;"c', mistake(1, 'price'), csv, match)).toBeUndefined();
    expect(valueAt('{"Price of it":[1]}', mistake(1, 'price.0'), lines, match)).toBe('[1]');
  });

  it('are a file to mend, with what is wrong in a column behind', async () => {
    const picked = { header: 'title;Price of it', records: [{ record: 2, text: 'a;x' }] };
    const file = failedFile(
      picked,
      [mistake(1, 'title'), mistake(2, 'price', 'A "b".'), mistake(2, '', 'C.')],
      csv,
      'Why',
    );

    expect(await file.text()).toBe('title;Price of it;Why\r\na;x;"A ""b"". C."\r\n');
  });
});
