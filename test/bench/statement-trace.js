import { Client } from 'pg';

const text = (query) => (typeof query === 'string' ? query : query.text).replace(/\s+/g, ' ').trim();

/** Ids and generated names out, so that the same statement for another model counts as the same. */
const shape = (sql) =>
  sql
    .replace(/'[^']*'/g, "'…'")
    .replace(/\b(pk|uq|fk|ix)_[0-9a-f]{12}\b/g, '$1_…')
    .replace(/_?(thing|extra)_?\d+/gi, '$1…')
    .replace(/(, (t\.)?"extra…"( AS "extra…")?)+/g, '$1…')
    .slice(0, 110);

/** Times every statement that this process sends, as its client sees it: from sending it to its answer. */
export const traceStatements = () => {
  let seen = [];
  const { query } = Client.prototype;
  Client.prototype.query = function (config, ...others) {
    const start = performance.now();
    const note = () => seen.push({ sql: shape(text(config)), milliseconds: performance.now() - start });
    const last = others.at(-1);
    if (typeof last === 'function') {
      const callback = (...answer) => {
        note();
        last(...answer);
      };
      return query.call(this, config, ...others.slice(0, -1), callback);
    }
    const result = query.call(this, config, ...others);
    result?.then?.(note, note);
    return result;
  };
  return { clear: () => (seen = []), read: () => seen };
};
