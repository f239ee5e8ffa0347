import { type Edge, MarkerType, type Node } from '@xyflow/react';
import { qualifiedName, type StoredModel } from '../stored/stored-model.js';

/** What a box of the diagram shows. */
export type ModelNode = Node<{ readonly model: StoredModel }, 'model'>;

const COLUMN_WIDTH = 360;
const ROW_GAP = 40;
const LINE_HEIGHT = 24;
const HEADER_HEIGHT = 56;
const ARROW = { type: MarkerType.ArrowClosed, width: 18, height: 18 };

const heightOf = ({ fields }: StoredModel): number => HEADER_HEIGHT + fields.length * LINE_HEIGHT;

/** Boxes in as many columns as rows, each below the last one of the column that is shortest so far. */
const placed = (models: readonly StoredModel[]): readonly ModelNode[] => {
  const bottoms = Array.from({ length: Math.max(1, Math.ceil(Math.sqrt(models.length))) }, () => 0);
  return models.map((model) => {
    const y = Math.min(...bottoms);
    const column = bottoms.indexOf(y);
    bottoms[column] = y + heightOf(model) + ROW_GAP;
    return { id: model.id, type: 'model', position: { x: column * COLUMN_WIDTH, y }, data: { model } };
  });
};

/** Arrows leave and arrive at the sides that face each other, or bow out where boxes stand below each other. */
const sides = (source: ModelNode, target: ModelNode) => {
  const [from, to] = [source.position.x, target.position.x];
  return {
    sourceHandle: to < from ? 'source-left' : 'source-right',
    targetHandle: to > from ? 'target-left' : 'target-right',
  };
};

/** The models as boxes, and their relations as arrows between them. */
export const diagramGraph = (
  models: readonly StoredModel[],
): { readonly nodes: ModelNode[]; readonly edges: Edge[] } => {
  const nodes = placed(models);
  const byName = new Map(nodes.map((node) => [qualifiedName(node.data.model).toLowerCase(), node]));
  const edges = nodes.flatMap((source) =>
    source.data.model.fields.flatMap(({ id, name, relatedModel }): readonly Edge[] => {
      const target = relatedModel === null ? undefined : byName.get(relatedModel.toLowerCase());
      if (target === undefined) return [];
      return [{ id, source: source.id, target: target.id, label: name, markerEnd: ARROW, ...sides(source, target) }];
    }),
  );
  return { nodes: [...nodes], edges };
};
