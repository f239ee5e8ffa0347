import { Agent, request } from 'node:http';

/** A client with one connection that stays open; answers are `{ status, body }`. */
export const openClient = (url) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = (path, value) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(value);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request(new URL(path, url), { method: 'POST', agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return { post, close: () => agent.destroy() };
};
