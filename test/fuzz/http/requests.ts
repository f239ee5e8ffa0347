import type { Route } from '../../support/routes.js';
import type { Dice } from './dice.js';
import { someCsv, someLines, someQueryBody, someRecord, someRecords } from './bodies.js';
import {
  SCRATCH,
  someChanges,
  someField,
  someFieldName,
  someModelName,
  someModels,
  somePatchOfField,
  somePatchOfModel,
} from './definitions.js';
import { CONTENT_TYPES, ESCAPES, HEADERS } from './hostile.js';
import { damaged, hostileText, hostileValue } from './json.js';
import { type QueryParameter, someParameters } from './queries.js';
import { EDITORS, MODEL_NAMES, SHEET_IDS, type User, USERS } from './world.js';

/** One request as it goes over the wire. */
export interface FuzzRequest {
  readonly user: User;
  readonly method: string;
  /** ASCII, and not tidied up. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** What answers have told, to be sent back. */
export interface Heard {
  readonly cursors: readonly string[];
  readonly hashes: readonly string[];
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Like encodeURIComponent, which refuses half of a character. */
const escaped = (text: string, random: Dice): string => {
  if (random.odd(0.03)) return text + random.pick(ESCAPES);
  const whole = encodeURIComponent(text.replace(LONE, '\ufffd'));
  return LONE.test(text) ? `${whole}%ed%a0%80` : whole;
};

/** An address has nothing but visible ASCII; everything else is sent as single bytes. */
const ascii = (path: string): string =>
  path.replaceAll(/[^\x21-\x7e]/g, (character) => `%${(character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`);

const queryOf = (parameters: readonly QueryParameter[], random: Dice): string =>
  parameters.length === 0
    ? ''
    : `?${parameters.map(([key, value]) => `${escaped(key, random)}=${escaped(value, random)}`).join('&')}`;

interface Target {
  readonly route: Route;
  readonly app: string;
  readonly model: string;
  readonly isMeta: boolean;
}

const idOf = ({ route, model, isMeta }: Target, random: Dice): string => {
  if (random.odd(0.05)) return hostileText(random);
  if (!isMeta) return (model === 'sheet') !== random.odd(0.1) ? random.pick(SHEET_IDS) : String(1 + random.int(4));
  const isRead = route.method === 'GET' || route.method === 'HEAD';
  if (route.path.includes('/fields/'))
    return isRead && random.chance(0.5) ? 'arena.Thing.title' : someFieldName(random);
  return isRead && random.chance(0.5) ? 'arena.Thing' : someModelName(random);
};

const pathOf = (target: Target, random: Dice): string =>
  target.route.path.replaceAll(/:(\w+)|\*/g, (_whole, name: string | undefined) => {
    if (name === 'app') return random.odd(0.02) ? escaped(hostileText(random), random) : target.app;
    if (name === 'model' && !target.isMeta)
      return random.odd(0.02) ? escaped(hostileText(random), random) : target.model;
    return escaped(idOf(target, random), random);
  });

const metaQuery = ({ route }: Target, random: Dice, { hashes }: Heard): QueryParameter[] => {
  if (route.method !== 'GET') {
    return hashes.length > 0 && random.chance(0.3) ? [['confirm', random.pick(hashes)]] : [];
  }
  if (random.chance(0.5)) return [];
  const number = () =>
    random.odd(0.5) ? random.pick(['0', '-1', '1001', 'x', '1e3']) : random.pick(['1', '2', '1000']);
  return [
    random.pick<() => QueryParameter>([
      () => ['page', number()],
      () => ['limit', number()],
      () => ['app', random.odd(0.5) ? hostileText(random) : 'arena'],
      () => ['name', random.odd(0.5) ? hostileText(random) : 'Thing'],
    ])(),
  ];
};

/** What a request of this kind says, by the end of its route. */
const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH'];
const BODIES: readonly (readonly [
  route: RegExp,
  make: (target: Target, random: Dice, heard: Heard) => readonly [type: string, text: string],
])[] = [
  [/^POST .*\/meta\/models$/, (_target, random) => ['application/json', someModels(random)]],
  [/^PATCH .*\/meta\/models\/:\w+$/, (_target, random) => ['application/json', somePatchOfModel(random)]],
  [/^POST .*\/meta\/models\/:\w+\/fields$/, (_target, random) => ['application/json', someField(random)]],
  [/^PATCH .*\/meta\/fields\/:\w+$/, (_target, random) => ['application/json', somePatchOfField(random)]],
  [/^POST .*\/meta\/plan$/, (_target, random) => ['application/json', someChanges(random, true)]],
  [/^POST .*\/meta\/apply$/, (_target, random) => ['application/json', someChanges(random, false)]],
  [
    /^POST .*\/:model\/query$/,
    ({ model }, random, { cursors }) => ['application/json', someQueryBody(model, random, cursors)],
  ],
  [
    /^POST .*\/:model\/import$/,
    ({ model }, random) =>
      random.pick([
        () => ['text/csv', someCsv(model, random)] as const,
        () => ['application/x-ndjson', someLines(model, random)] as const,
        () => ['application/json', someRecords(model, random)] as const,
      ])(),
  ],
  [/\/:model\/:\w+$/, ({ model }, random) => ['application/json', someRecord(model, random)]],
  [/\/:model$/, ({ model }, random) => ['application/json', someRecords(model, random)]],
  [/./, (_target, random) => ['application/json', hostileValue(random)]],
];

const bodyOf = (target: Target, random: Dice, heard: Heard): readonly [type: string, body: Buffer] => {
  const name = `${target.route.method} ${target.route.path}`;
  const [, make] = BODIES.find(([pattern]) => pattern.test(name)) ?? [];
  const [type, text] = make?.(target, random, heard) ?? ['application/json', ''];
  const said = random.odd(0.08) ? damaged(text, random) : random.odd(0.03) ? hostileValue(random) : text;
  // Latin 1 is no UTF-8.
  const body = Buffer.from(said, random.odd(0.02) ? 'latin1' : 'utf8');
  return [random.odd(0.06) ? random.pick(CONTENT_TYPES) : type, body];
};

/** The server cannot know the method of what it cannot read, and the answer to a HEAD would have a body. */
const LONGEST_HEAD = 8000;

/** Node sends no request without a path. */
const rooted = (method: string, path: string): string =>
  `${path.startsWith('/') ? '' : '/'}${method === 'HEAD' ? path.slice(0, LONGEST_HEAD) : path}`;

/** A request that follows from a seed, and from what was heard before. */
export const someRequest = (routes: readonly Route[], dice: Dice, heard: Heard): FuzzRequest => {
  const route = dice.pick(routes);
  const isMeta = route.path.includes('/meta/');
  const user = dice.pick(isMeta ? EDITORS : USERS);
  const random = dice.of(user);
  const isLab = user === 'admin' && random.chance(0.1);
  const model = isLab ? random.pick(SCRATCH).toLowerCase() : random.pick(['thing', 'thing', 'thing', ...MODEL_NAMES]);
  const target: Target = { route, app: isLab ? 'lab' : 'arena', model, isMeta };
  const parameters = isMeta
    ? metaQuery(target, random, heard)
    : route.path.includes(':model')
      ? someParameters(`${route.method} ${route.path}`, target.model, random, heard.cursors)
      : [];
  const address = pathOf(target, random) + queryOf(parameters, random);
  const path = ascii(random.odd(0.07) ? damaged(address, random) : address);
  const headers: Record<string, string> = user === 'nobody' ? {} : { 'x-user': user };
  if (random.odd(0.1)) {
    const [name, value] = random.pick(HEADERS);
    headers[name] = value;
  }
  if (!METHODS_WITH_BODY.includes(route.method))
    return { user, method: route.method, path: rooted(route.method, path), headers, body: undefined };
  const [type, body] = bodyOf(target, random, heard);
  return {
    user,
    method: route.method,
    path: rooted(route.method, path),
    headers: { ...headers, 'content-type': type },
    body,
  };
};

/** For a person who wants to send it again. */
export const shownRequest = ({ user, method, path, headers, body }: FuzzRequest): string =>
  [
    `${method} ${path} (${user})`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
    body === undefined ? '' : `  ${JSON.stringify(body.toString().slice(0, 4000))}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
