import { DynamoError } from './errors/dynamo.error.js';
import { jsonLine } from './server.logger.js';

/** What somebody has to know about a server that runs. */
export interface RunningServer {
  readonly url: string;
  /** For people; without a password. */
  readonly database: string;
  readonly metrics: string | undefined;
  readonly nodeName: string;
  /** Where the first superuser is made, as long as there is none. */
  readonly setup: SetupLink | undefined;
}

interface SetupLink {
  readonly address: string;
  /** Where it is to listen afterwards, if it does not yet. */
  readonly waitingFor: string | undefined;
}

const setupNotice = ({ address, waitingFor }: SetupLink): string => {
  const waiting =
    waitingFor === undefined
      ? ''
      : `\n  Until then it listens on 127.0.0.1 only. Start it again afterwards to listen on ${waitingFor}.\n`;
  return `  Choose who is its superuser, within 30 minutes:\n\n  ${address}\n${waiting}\n`;
};

const asText = ({ url, database, metrics, setup }: RunningServer): string =>
  `Dynamo is running. Stop it with Ctrl-C.\n\n${setup === undefined ? '' : setupNotice(setup)}` +
  `  Admin     ${url}/admin/\n  API       ${url}/api\n  Docs      ${url}/docs\n` +
  `${metrics === undefined ? '' : `  Metrics   ${metrics}\n`}  Database  ${database}\n`;

const asJson = ({ url, database, metrics, nodeName, setup }: RunningServer): string =>
  jsonLine('log', 'Dynamo is running.', {
    node: nodeName,
    admin: `${url}/admin/`,
    api: `${url}/api`,
    docs: `${url}/docs`,
    metrics,
    database,
    setup: setup?.address,
  });

/** What to tell when the server has started. */
export const startedMessage = (server: RunningServer, format: string): string =>
  format === 'json' ? asJson(server) : asText(server);

/** The same when it could not. What Dynamo knows is one sentence; only what it does not know needs a stack. */
export const failedMessage = (error: unknown, format: string | undefined): unknown => {
  if (format !== 'json') return error instanceof DynamoError ? error.message : error;
  if (error instanceof DynamoError) return jsonLine('fatal', error.message, { code: error.code });
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return jsonLine('fatal', message, { stack });
};
