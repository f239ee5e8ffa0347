import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { as, type Rules, startShop } from '../fixtures/access/policy.js';
import { DISTURBANCES, QUESTIONS } from '../fixtures/access/questions.js';
import type { Decision } from '../../src/index.js';
import type { Http } from '../support/http.js';
import type { TestServer } from '../support/server.js';

const SHOWN = { where: { hidden: { $eq: false } } };
const NOT_HIDDEN: Decision = { where: { $not: { $or: [{ hidden: { $eq: true } }, { id: { $eq: 1000 } }] } } };

const RULES: Rules = {
  reader: {
    'shop.Category': { view: SHOWN },
    'shop.Tag': { view: SHOWN },
    'shop.Product': { view: SHOWN },
    'shop.Sheet': { view: SHOWN },
  },
  doubter: {
    'shop.Category': { view: NOT_HIDDEN },
    'shop.Tag': { view: NOT_HIDDEN },
    'shop.Product': { view: NOT_HIDDEN },
    'shop.Sheet': { view: NOT_HIDDEN },
  },
};

interface Asked {
  readonly status: number;
  readonly headers: readonly unknown[];
  readonly shown: Readonly<Record<string, unknown>>;
}

/** Everything of the answers that a reader can look at. */
const asked = async (http: Http): Promise<Record<string, Asked>> => {
  const answers: Record<string, Asked> = {};
  for (const question of QUESTIONS) {
    const { status, headers, body } = await http.get<Record<string, unknown>>(`/api/shop/${question}`);
    const { requestId: _, ...shown } = body;
    const read = ['etag', 'x-total-count', 'content-range', 'link'].map((name) => headers.get(name));
    answers[question] = { status, headers: read, shown };
  }
  return answers;
};

describe('what a rule hides', () => {
  let server: TestServer;
  const before: Record<string, Record<string, Asked>> = {};

  beforeAll(async () => {
    server = await startShop(RULES);
    for (const user of ['reader', 'doubter', 'admin']) before[user] = await asked(as(server, user));
    for (const statement of DISTURBANCES) await server.database.query(statement);
  });
  afterAll(() => server?.close());

  it.each(['reader', 'doubter'])('changes no answer to a question of the %s', async (user) => {
    const after = await asked(as(server, user));

    expect(after).toEqual(before[user]);
  });

  it('changes answers to somebody who may see it', async () => {
    const after = await asked(as(server, 'admin'));

    const changed = QUESTIONS.filter(
      (question) => JSON.stringify(after[question]) !== JSON.stringify(before.admin?.[question]),
    );
    expect(changed.length).toBeGreaterThan(QUESTIONS.length / 2);
  });

  it('is never named in a record', () => {
    const records = Object.values(before.reader ?? {}).map(({ shown }) => shown.data ?? { ...shown, detail: null });

    expect(JSON.stringify(records)).toContain('Chair');
    expect(JSON.stringify(records)).not.toMatch(/Closed|omega|Ghost|blue|pine|"sg"/);
  });

  it('is asked for in ways that are answered', () => {
    const refused = QUESTIONS.filter((question) => before.reader?.[question]?.status === 400);

    expect(refused).toEqual([]);
  });
});
