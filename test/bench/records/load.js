import { connect } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const END_OF_CHUNKS = Buffer.from('0\r\n\r\n');

/**
 * Sends requests over so many connections for so many milliseconds, each connection the next one when it has the answer
 * to the last. It reads no more of the answers than it has to, because it shares the machine with the server.
 *
 * @param request makes the text of the nth request
 * @returns requests per second, latencies in milliseconds, and how many answers were not 2xx
 */
export const load = async (url, request, { connections, milliseconds }) => {
  const { hostname, port } = new URL(url);
  const seen = { latencies: [], failures: new Map(), count: 0, end: performance.now() + milliseconds };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, () => converse(hostname, Number(port), request, seen)));
  const seconds = (performance.now() - start) / 1000;
  return {
    perSecond: seen.latencies.length / seconds,
    latencies: seen.latencies,
    failures: Object.fromEntries(seen.failures),
  };
};

/** One request as text. @param headers by lower-case name */
export const requestText = (headers, method, path, body) => {
  const said = Object.entries({ host: 'bench', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${said.join('')}`;
  if (body === undefined) return `${head}\r\n`;
  const json = JSON.stringify(body);
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
};

const converse = (host, port, request, seen) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    let sent = 0;
    let answer = newAnswer();
    const next = () => {
      if (performance.now() >= seen.end) return socket.end();
      seen.count += 1;
      const text = request(seen.count);
      sent = performance.now();
      socket.write(text);
    };
    socket.on('connect', next).on('close', resolve).on('error', reject);
    socket.on('data', (chunk) => {
      if (!isComplete(answer, chunk)) return;
      seen.latencies.push(performance.now() - sent);
      if (answer.status >= 300) seen.failures.set(answer.status, (seen.failures.get(answer.status) ?? 0) + 1);
      answer = newAnswer();
      next();
    });
  });

const newAnswer = () => ({ head: undefined, status: 0, missing: 0, isChunked: false, start: Buffer.alloc(0) });

/** Notes one more piece of an answer. @returns whether it is the last */
const isComplete = (answer, chunk) => {
  if (answer.head !== undefined) return isBodyComplete(answer, chunk);
  const all = answer.start.length === 0 ? chunk : Buffer.concat([answer.start, chunk]);
  const end = all.indexOf(END_OF_HEAD);
  if (end < 0) {
    answer.start = all;
    return false;
  }
  answer.head = all.latin1Slice(0, end + 2);
  answer.status = Number(answer.head.slice(9, 12));
  answer.isChunked = /\r\ntransfer-encoding: *chunked/i.test(answer.head);
  answer.missing = Number(/\r\ncontent-length: *(\d+)/i.exec(answer.head)?.[1] ?? 0);
  return isBodyComplete(answer, all.subarray(end + END_OF_HEAD.length));
};

const isBodyComplete = (answer, chunk) => {
  if (answer.isChunked) return chunk.subarray(-END_OF_CHUNKS.length).equals(END_OF_CHUNKS);
  answer.missing -= chunk.length;
  return answer.missing <= 0;
};
