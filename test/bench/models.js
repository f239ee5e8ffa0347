const APP = 'bench';

/** `bench.Thing42` */
export const modelName = (position) => `${APP}.Thing${position}`;

/** The path of a model's records. */
export const recordsPath = (position) => `/api/${APP}/Thing${position}`;

const FIELDS = [
  { name: 'title', type: 'char', required: true },
  { name: 'amount', type: 'decimal' },
  { name: 'quantity', type: 'integer' },
  { name: 'ordered_on', type: 'date' },
];

const LAST_FIELD = { name: 'active', type: 'boolean', default: true };

/** A model of five fields; every third one has a foreign key, to a model that comes before it. */
export const modelDefinition = (position) => {
  const isRelated = position % 3 === 2;
  const relatedModel = modelName(Math.floor(position / 2));
  const last = isRelated ? { name: 'parent', type: 'foreign_key', relatedModel } : LAST_FIELD;
  return { app: APP, name: `Thing${position}`, fields: [...FIELDS, last] };
};
