import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/server.environment.js';
import { PROJECT } from '../support/built-once.js';

const text = readFileSync(join(PROJECT, 'docker-compose.yml'), 'utf8');
const balancer = readFileSync(join(PROJECT, 'cluster/haproxy.cfg'), 'utf8');
const scripts = ['postgres.sh', 'roles.sh']
  .map((name) => readFileSync(join(PROJECT, 'cluster', name), 'utf8'))
  .join('');

/** Each service's lines; a file as plain as this one needs no parser. */
const services = new Map(
  (text.split(/^services:\n|^volumes:\n/m)[1] ?? '')
    .split(/^ {2}(?=[\w-]+:)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => [part.slice(0, part.indexOf(':')), part] as const),
);
const variablesOf = (service: string): Readonly<Record<string, string>> => {
  const lines = services.get(service)?.matchAll(/^ {6}([A-Z_]+): (.+)$/gm) ?? [];
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value.replace(/^'|'$/g, '')]));
};

/** Every variable that the server looks at. */
const known = (env: Readonly<Record<string, string>> = {}): ReadonlySet<string> => {
  const names = new Set<string>();
  readEnvironment(
    new Proxy<NodeJS.ProcessEnv>(env, { get: (target, name) => (names.add(String(name)), target[String(name)]) }),
  );
  return names;
};

describe('docker-compose.yml', () => {
  it('has one server, and a cluster of two of everything', () => {
    expect([...services.keys()]).toEqual([
      'postgres',
      'dynamo',
      'balancer',
      'build',
      'node-one',
      'node-two',
      'postgres-one',
      'postgres-two',
    ]);
    expect([...services].filter(([, part]) => !part.includes('profiles')).map(([name]) => name)).toEqual([
      'postgres',
      'dynamo',
      'node-two',
      'postgres-two',
    ]);
    expect(services.get('node-two')).toContain('node-two: *node');
    expect(services.get('postgres-two')).toContain('<<: *postgres');
  });

  it.each(['dynamo', 'node-one'])('gives %s variables that the server knows, with values that it takes', (service) => {
    const account = { DYNAMO_ADMIN_EMAIL: 'ada@example.com', DYNAMO_ADMIN_PASSWORD: 'correct horse battery' };
    const variables = variablesOf(service);

    expect(Object.keys(variables)).toEqual(expect.arrayContaining(['DATABASE_URL', ...Object.keys(account)]));
    expect(Object.keys(variables).filter((name) => !known().has(name))).toEqual([]);
    expect(readEnvironment({ ...variables, ...account })).toMatchObject({ host: '0.0.0.0', isProduction: true });
  });

  it('gives the balancer and PostgreSQL what their files ask for', () => {
    const asked = [...balancer.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name).sort();
    const ours = ['OTHER_HOST', 'REPLICATION_PASSWORD', 'POSTGRES_USER'];

    expect(Object.keys(variablesOf('balancer')).sort()).toEqual(asked);
    expect(Object.keys(variablesOf('postgres-one'))).toEqual(expect.arrayContaining(ours));
    expect(ours.filter((name) => !scripts.includes(`$${name}`))).toEqual([]);
  });

  it('names files, services and volumes that there are', () => {
    const files = [...text.matchAll(/- \.\/(\S+?):/g)].map(([, file = '']) => file);
    const awaited = [...text.matchAll(/^ {6}([\w-]+):\n {8}condition:/gm)].map(([, name = '']) => name);
    const mounted = [...text.matchAll(/^ {6}- ([\w-]+):\//gm)].map(([, name = '']) => name);
    const volumes = [...(text.split(/^volumes:\n/m)[1] ?? '').matchAll(/^ {2}([\w-]+):$/gm)].map(
      ([, name = '']) => name,
    );

    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((file) => !existsSync(join(PROJECT, file)))).toEqual([]);
    expect(awaited.filter((name) => !services.has(name))).toEqual([]);
    expect([...new Set(mounted)].sort()).toEqual(volumes.sort());
  });
});
