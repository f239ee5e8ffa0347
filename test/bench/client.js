import { Agent, request } from 'node:http';
import { BENCH_KEY } from './key.js';

/** A client with one connection that stays open; answers are `{ status, body }`. */
export const openClient = (url, own = { authorization: `Bearer ${BENCH_KEY}` }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method, path, value) =>
    new Promise((resolve, reject) => {
      const body = value === undefined ? '' : JSON.stringify(value);
      const about =
        body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const headers = { ...own, ...about };
      const sent = request(new URL(path, url), { method, agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode, body: text === '' ? undefined : JSON.parse(text) });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    send,
    get: (path) => send('GET', path),
    post: (path, value) => send('POST', path, value),
    patch: (path, value) => send('PATCH', path, value),
    delete: (path) => send('DELETE', path),
    close: () => agent.destroy(),
  };
};
