import { SCRATCH } from './definitions.js';

/** What the models of the fuzz's own are at the beginning of a round. */
export const LAB: readonly object[] = SCRATCH.map((name) => ({
  app: 'lab',
  name,
  fields: [
    { name: 'size', type: 'integer' },
    { name: 'colour', type: 'char', unique: name === 'Net' },
    { name: 'weight', type: 'decimal', required: name === 'Ball' },
    { name: 'court', type: 'foreign_key', relatedModel: 'lab.Court' },
    { name: 'net', type: 'many_to_many', relatedModel: 'lab.Net' },
  ],
}));

const PLAIN = [
  { size: 1, colour: 'red', weight: '1.50' },
  { size: null, colour: null, weight: '2.00' },
];
const RELATED = [...PLAIN, { size: 2, colour: '7', weight: '2.00', court: 1, net: [1] }];

/** Records by the path of their model, so that changes find rows in their way. */
export const LAB_RECORDS: readonly (readonly [path: string, records: readonly object[]])[] = [
  ['/api/lab/court', PLAIN],
  ['/api/lab/net', PLAIN],
  ['/api/lab/ball', RELATED],
  ['/api/lab/racket', RELATED],
];
