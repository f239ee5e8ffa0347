const isSuccess = ({ status }) => status >= 200 && status < 300;

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
    addField: (values) => client.post(`${path}/fields`, values),
    changeField: (name, values) => client.patch(`/api/meta/fields/${field(name).id}`, values),
    /** The same values for several fields, in one request. */
    changeFields: (names, values) =>
      client.patch(path, {
        fields: current.fields.map(({ id, name }) => ({ id, ...(names.includes(name) ? values : {}) })),
      }),
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
