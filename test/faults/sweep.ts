import type { TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import type { Http } from '../support/http.js';
import type { Edit } from './edits.js';
import type { Fate, PostgresWire } from './postgres-wire.js';
import { arrangeItem, lookAt } from './sight.js';

/** A server whose way to its database may be cut. */
export interface Arena {
  readonly database: TestDatabase;
  readonly wire: PostgresWire;
  /** The server as it is now: another one where a fault has ended it. */
  http(): Http;
  /** Ends the server at the moment of a fault, and starts it again. Left out: only its connection is lost. */
  readonly kill?: () => void;
  readonly revive?: () => Promise<void>;
}

/** An edit without faults: how the state looks before and after, and the statements on the way. */
export interface Rehearsal {
  readonly before: string;
  readonly after: string;
  readonly statements: readonly string[];
  /** How long it takes. */
  readonly milliseconds: number;
}

/** What a fault came to. */
export interface Outcome {
  readonly edit: string;
  /** What it hit: a statement, and whether that was on its way or done, or a moment. */
  readonly point: string;
  readonly status: number | undefined;
  /** `half`: neither as before nor as after the edit. */
  readonly state: 'before' | 'after' | 'half';
  /** What is wrong, in words; empty where all is well. */
  readonly complaint: string;
}

let apps = 0;
const newApp = (): string => `swept${(apps += 1)}x`;

const succeeded = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300;

/** Runs an edit as it should be, and remembers what it does. */
export const rehearse = async ({ database, wire, http }: Arena, edit: Edit): Promise<Rehearsal> => {
  const edited = await arrangeItem(http(), newApp());
  const before = await lookAt(http(), database, edited.app);
  const statements: string[] = [];
  wire.watch((statement) => {
    statements.push(statement);
    return 'sent';
  });
  const start = performance.now();
  const { status, text } = await edit.run(http(), edited);
  const milliseconds = performance.now() - start;
  wire.watch(null);
  if (!succeeded(status)) throw new Error(`"${edit.name}" is refused without any fault: ${status} ${text}`);
  return { before, after: await lookAt(http(), database, edited.app), statements, milliseconds };
};

/** Lets one statement of an edit meet its fate, and says how the database and the server are afterwards. */
export const strike = (
  arena: Arena,
  edit: Edit,
  rehearsal: Rehearsal,
  position: number,
  fate: Exclude<Fate, 'sent'>,
): Promise<Outcome> => {
  const { wire, kill } = arena;
  const { statements } = rehearsal;
  const point = `${fate} ${position + 1} of ${statements.length}: ${statements[position]?.slice(0, 120)}`;
  return judge(arena, edit, rehearsal, point, () => {
    let count = 0;
    wire.watch(() => {
      const isTheOne = count === position;
      count += 1;
      if (isTheOne) kill?.();
      return isTheOne ? fate : 'sent';
    });
    return () => wire.watch(null);
  });
};

/** Kills the server so long after an edit was asked for, and says how the database and the server are afterwards. */
export const killAfter = (arena: Arena, edit: Edit, rehearsal: Rehearsal, milliseconds: number): Promise<Outcome> =>
  judge(arena, edit, rehearsal, `killed after ${milliseconds.toFixed(1)} ms`, () => {
    let isAlive = true;
    const kill = () => {
      if (isAlive) arena.kill?.();
      isAlive = false;
    };
    const timer = setTimeout(kill, milliseconds);
    return () => {
      clearTimeout(timer);
      kill();
    };
  });

/** Runs an edit with a fault. @param arm lets the fault happen while the edit is on its way; what it returns ends that */
const judge = async (
  arena: Arena,
  edit: Edit,
  { before, after }: Rehearsal,
  point: string,
  arm: () => () => void,
): Promise<Outcome> => {
  const { database, revive } = arena;
  const edited = await arrangeItem(arena.http(), newApp());
  const disarm = arm();
  const status = await edit.run(arena.http(), edited).then(
    (answer) => answer.status,
    () => undefined,
  );
  disarm();
  await revive?.();

  const look = () => lookAt(arena.http(), database, edited.app);
  const seen = await eventually(look, (sight) => [before, after].includes(sight));
  const state = seen === after ? 'after' : seen === before ? 'before' : 'half';
  const complaints = [];
  if (state === 'half') complaints.push(`neither as before nor as after:\n${seen}`);
  if (succeeded(status) && state === 'before') complaints.push('answered as done, and is not');
  if (status === 500) complaints.push('answered with 500');
  if (status !== undefined && status < 500 && !succeeded(status) && state === 'after') {
    complaints.push(`answered as refused with ${status}, and is done`);
  }
  if (state === 'before') {
    const again = await edit.run(arena.http(), edited);
    const then = await look();
    if (then !== after) complaints.push(`cannot be done again: ${again.status} ${again.text}`);
  }
  const next = await arena.http().post('/api/meta/models', { app: edited.app, name: 'Next', fields: [] });
  if (next.status !== 201) complaints.push(`the next edit is refused: ${next.status} ${next.text}`);
  return { edit: edit.name, point, status, state, complaint: complaints.join('; ') };
};
