import '@xyflow/react/dist/style.css';
import { Box, MenuItem, TextField } from '@mui/material';
import { useTheme } from 'react-admin';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Background, Controls, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { useState } from 'react';
import { EmptyState } from '../../../components/empty-state.js';
import { Page } from '../../../components/page.js';
import { Trail } from '../../../components/trail.js';
import { appLabel } from '../../../models/app-groups.js';
import { useText } from '../../../texts/use-text.js';
import { designerPaths } from '../designer-paths.js';
import { SchemaOnly } from '../schema-only.js';
import { storedModelsQuery } from '../stored/model-queries.js';
import type { StoredModel } from '../stored/stored-model.js';
import { diagramGraph } from './diagram-graph.js';
import { ModelBox } from './model-box.js';
import { modelsAround } from './models-around.js';

const NODE_TYPES = { model: ModelBox };
/** As many boxes as people can still read. */
const MOST_AT_ONCE = 60;

const Flow = ({ models }: { readonly models: readonly StoredModel[] }) => {
  const text = useText();
  const [theme] = useTheme();
  const [graph] = useState(() => diagramGraph(models));
  const [nodes, , onNodesChange] = useNodesState(graph.nodes);
  const [edges] = useEdgesState(graph.edges);
  return (
    <Box role="region" aria-label={text('diagram.title')} sx={{ height: 'calc(100vh - 200px)', minHeight: 320 }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        nodeTypes={NODE_TYPES}
        nodesConnectable={false}
        deleteKeyCode={null}
        colorMode={theme === 'dark' ? 'dark' : 'light'}
        minZoom={0.05}
        onlyRenderVisibleElements={models.length > MOST_AT_ONCE}
        fitView
        fitViewOptions={{ maxZoom: 1 }}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </Box>
  );
};

/** Other models are another diagram. */
const WholeDiagram = ({ models }: { readonly models: readonly StoredModel[] }) => (
  <Flow key={models.map(({ id, fields }) => `${id} ${fields.length}`).join()} models={models} />
);

/** Nobody finds a model among very many boxes, so it begins with one app. */
const PartOfMany = ({ models }: { readonly models: readonly StoredModel[] }) => {
  const text = useText();
  const apps = [...new Set(models.map(({ app }) => app))];
  const [chosen, setChosen] = useState(apps[0] ?? '');
  const isPart = apps.includes(chosen);
  return (
    <>
      <TextField
        select
        label={text('diagram.app')}
        helperText={isPart && text('diagram.part')}
        value={isPart ? chosen : ''}
        onChange={({ target }) => setChosen(target.value)}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={{ maxWidth: 400, mb: 2 }}
      >
        {apps.map((app) => (
          <MenuItem key={app} value={app}>
            {appLabel(app)}
          </MenuItem>
        ))}
        <MenuItem value="">{text('diagram.everything')}</MenuItem>
      </TextField>
      <WholeDiagram models={isPart ? modelsAround(models, chosen) : models} />
    </>
  );
};

const Diagram = () => {
  const text = useText();
  const { data: models } = useSuspenseQuery(storedModelsQuery);
  if (models.length === 0) return <EmptyState title={text('designer.none')} hint={text('designer.noneHint')} />;
  return models.length > MOST_AT_ONCE ? <PartOfMany models={models} /> : <WholeDiagram models={models} />;
};

/** All models and their relations, as boxes and arrows. */
const DiagramPage = () => {
  const text = useText();
  return (
    <SchemaOnly>
      <Page title={text('diagram.title')} trail={<Trail to={designerPaths.list}>{text('designer.title')}</Trail>}>
        <Diagram />
      </Page>
    </SchemaOnly>
  );
};

export default DiagramPage;
