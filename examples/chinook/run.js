import { main } from './cli.js';
import { defineModels } from './define.js';
import { loadRows } from './load.js';
import { verify } from './verify.js';

await main(async (client) => {
  const live = await defineModels(client);
  await loadRows(client, live);
  return verify(client, live);
});
