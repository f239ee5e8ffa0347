import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { FuzzRequest } from './requests.js';

/** An answer as it came. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly milliseconds: number;
}

const LONGEST_ANSWER_MILLISECONDS = 30_000;

/** Sends requests over a few connections that stay open. */
export class Wire {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws Error when there is no answer */
  send({ method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
    const start = performance.now();
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const options = { method, path, agent: this.agent, headers: { ...headers, ...length } };
    const { hostname, port } = new URL(this.url);
    return new Promise((resolve, reject) => {
      const sent = request({ ...options, hostname, port, timeout: LONGEST_ANSWER_MILLISECONDS }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        const finish = () => {
          const text = Buffer.concat(parts).toString();
          const milliseconds = performance.now() - start;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, milliseconds });
        };
        answer.on('error', reject);
        answer.on('end', finish);
        if (answer.headers['content-type']?.startsWith('text/event-stream') === true) {
          // It would go on for ever.
          answer.once('data', () => {
            finish();
            sent.destroy();
          });
        }
      });
      sent.on('timeout', () => sent.destroy(new Error(`No answer after ${LONGEST_ANSWER_MILLISECONDS} ms.`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
