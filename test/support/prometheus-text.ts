/** One series of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricFamily {
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly samples: readonly Sample[];
}

/** What a server tells Prometheus. */
export interface Scrape {
  readonly families: ReadonlyMap<string, MetricFamily>;
  /** The value of the one series with this name and these labels; undefined where there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
  /** Every series of this name. */
  series(name: string): readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) (\\S.*)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary)$`);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABEL.source}(?:,${LABEL.source})*)\\})? ([+-]?(?:[0-9.]+(?:e[+-]?[0-9]+)?|Inf)|NaN)$`,
);
const SUFFIXES = { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] } as const;

const numberOf = (text: string): number => Number(text.replace('Inf', 'Infinity'));

const labelsOf = (text = ''): Readonly<Record<string, string>> => {
  const pairs = [...text.matchAll(new RegExp(LABEL, 'g'))].map(([, name = '', value = '']) => [name, value] as const);
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw new Error(`A label comes twice: ${text}`);
  return Object.fromEntries(pairs);
};

const keyOf = ({ name, labels }: Pick<Sample, 'labels' | 'name'>): string =>
  `${name}${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;

/** Buckets only grow, and the last has all. */
const checkHistogram = (name: string, samples: readonly Sample[]): void => {
  const counts = samples.filter((sample) => sample.name === `${name}_count`);
  for (const { labels, value } of counts) {
    const own = samples.filter(
      (sample) =>
        sample.name === `${name}_bucket` &&
        Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
    );
    const bounds = own.map((sample) => numberOf(sample.labels['le'] ?? ''));
    const isSorted = own.every(
      (sample, index) =>
        index === 0 ||
        (sample.value >= (own[index - 1]?.value ?? 0) && (bounds[index] ?? 0) > (bounds[index - 1] ?? 0)),
    );
    if (!isSorted || bounds.at(-1) !== Infinity || own.at(-1)?.value !== value) {
      throw new Error(`Wrong buckets of ${name}${JSON.stringify(labels)}.`);
    }
  }
};

const readFamily = (block: string): readonly [string, MetricFamily] => {
  const [helpLine = '', typeLine = '', ...lines] = block.split('\n');
  const [, name = '', help = ''] = HELP.exec(helpLine) ?? [];
  const [, typed, type] = TYPE.exec(typeLine) ?? [];
  if (name === '' || typed !== name) throw new Error(`No HELP and TYPE: ${helpLine} / ${typeLine}`);
  const known = type as MetricFamily['type'];
  const names = known in SUFFIXES ? SUFFIXES[known as 'histogram'].map((suffix) => name + suffix) : [name];
  const samples = lines.map((line) => {
    const match = SAMPLE.exec(line);
    if (match === null || !names.includes(match[1] ?? '')) throw new Error(`No sample of ${name}: ${line}`);
    return { name: match[1] ?? '', labels: labelsOf(match[2]), value: numberOf(match.at(-1) ?? '') };
  });
  if (known === 'counter' && !name.endsWith('_total')) throw new Error(`A counter ends in _total: ${name}`);
  if (known === 'histogram') checkHistogram(name, samples);
  return [name, { help, type: known, samples }];
};

/** Reads Prometheus' text format, version 0.0.4, as prom-client writes it. @throws Error with the first thing that is wrong */
export const parseScrape = (text: string): Scrape => {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const blocks = text.trimEnd().split('\n\n').map(readFamily);
  const families = new Map(blocks);
  if (families.size !== blocks.length) throw new Error('A metric comes twice.');
  const samples = blocks.flatMap(([, family]) => family.samples);
  const byKey = new Map(samples.map((sample) => [keyOf(sample), sample.value]));
  if (byKey.size !== samples.length) throw new Error('A series comes twice.');
  return {
    families,
    value: (name, labels = {}) => byKey.get(keyOf({ name, labels })),
    series: (name) => samples.filter((sample) => sample.name === name),
  };
};
