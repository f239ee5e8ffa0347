import { isDeepStrictEqual } from 'node:util';
import { Divergence } from '../../fuzz/invariants.js';
import { pointersTo, type World } from '../../fuzz/oracle.js';
import { eventually } from '../../support/eventually.js';
import type { Cluster } from '../kit/cluster.js';
import type { ClusterNode } from '../kit/cluster-node.js';

interface OpenApi {
  readonly paths: Readonly<Record<string, object>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> };
}

const ownOf = <Value>(all: Readonly<Record<string, Value>>, start: string): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith(start)));

/** What the document of a node says of an app. */
const read = async ({ http }: ClusterNode, app: string) => {
  const { status, body, text } = await http.get<OpenApi>('/docs-json');
  if (status !== 200) throw new Divergence(`/docs-json answers ${status} ${text}`);
  return { paths: ownOf(body.paths, `/api/${app}/`), schemas: ownOf(body.components.schemas, `${app}.`) };
};

const namesOf = (properties: object = {}): readonly string[] => Object.keys(properties).sort();

/** The properties that the records of each model must have. */
const expectedNames = (world: World): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...world.models.values()].map((model) => {
      const inverse = pointersTo(world, model.id).flatMap(({ field }) => field.options['relatedName'] ?? []);
      return [
        `${world.app}.${model.name}`,
        ['id', ...model.fields.map(({ name }) => name), ...inverse.map(String)].sort(),
      ];
    }),
  );

/** The OpenAPI documents of all nodes say the same of the app, and name the models and fields of the oracle. @throws Divergence */
export const checkDocuments = async (cluster: Cluster, world: World): Promise<void> => {
  const expected = expectedNames(world);
  const look = () => Promise.all(cluster.nodes.map((node) => read(node, world.app)));
  const shown = ({ schemas }: Awaited<ReturnType<typeof read>>) =>
    Object.fromEntries(Object.keys(expected).map((name) => [name, namesOf(schemas[name]?.properties)]));
  const isRight = (documents: Awaited<ReturnType<typeof look>>) =>
    documents.every(
      (document) =>
        isDeepStrictEqual(shown(document), expected) &&
        isDeepStrictEqual(document, documents[0]) &&
        new Set(Object.keys(document.paths).map((path) => path.split('/')[3])).size === world.models.size,
    );
  const documents = await eventually(look, isRight);
  if (isRight(documents)) return;
  const seen = documents.map((document) => JSON.stringify(shown(document)));
  throw new Divergence(`The documents of the nodes\n  are ${seen.join('\n  and ')}\n  not ${JSON.stringify(expected)}`);
};
