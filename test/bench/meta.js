import { setTimeout as delay } from 'node:timers/promises';

/** How often a change that is made in the background is asked for, in milliseconds. */
const MOMENT = 100;

const isSuccess = ({ status }) => status >= 200 && status < 300;

/** The answer to a change, when it is made: one of a large table goes on in the background. */
const done = async (client, path, sent) => {
  const answer = await sent;
  if (answer.status !== 202) return answer;
  for (;;) {
    const { body } = await client.get(`/api/meta/background-changes/${answer.body.id}`);
    if (body.state === 'valid') return client.get(path);
    if (!['pending', 'building'].includes(body.state)) return { status: body.error?.status ?? 409, body: body.error };
    await delay(MOMENT);
  }
};

/**
 * One model as an administrator changes it over HTTP: each method is one request and returns its answer.
 * `reload()` has to follow each of them, because requests are sent by the ids of fields.
 */
export const openMeta = async (client, model) => {
  const path = `/api/meta/models/${model.id}`;
  let current = model;
  const field = (name) => {
    const found = current.fields.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`There is no field "${name}".`);
    return found;
  };
  return {
    recordsPath: () => `/api/${current.app}/${current.name}`,
    reload: async () => {
      const answer = await client.get(path);
      if (!isSuccess(answer)) throw new Error(`The model was not answered: ${JSON.stringify(answer.body)}`);
      current = answer.body;
    },
    addField: (values) => done(client, path, client.post(`${path}/fields`, values)),
    changeField: (name, values) => done(client, path, client.patch(`/api/meta/fields/${field(name).id}`, values)),
    /** The same values for several fields, in one request. */
    changeFields: (names, values) =>
      done(
        client,
        path,
        client.patch(path, {
          fields: current.fields.map(({ id, name }) => ({ id, ...(names.includes(name) ? values : {}) })),
        }),
      ),
    deleteField: (name) => client.delete(`/api/meta/fields/${field(name).id}`),
    changeModel: async (values) => {
      const answer = await client.patch(path, values);
      if (isSuccess(answer)) current = answer.body;
      return answer;
    },
    planField: (name, values) =>
      client.post('/api/meta/plan', { action: 'update_field', field: field(name).id, values }),
  };
};
