import { Box, Link, Typography } from '@mui/material';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Fragment } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { designerPaths } from '../designer-paths.js';
import { qualifiedName } from '../stored/stored-model.js';
import type { ModelNode } from './diagram-graph.js';

const SIDES = [Position.Left, Position.Right] as const;

/** A model in the diagram: its name, which leads to its page, and its fields. */
export const ModelBox = ({ data: { model } }: NodeProps<ModelNode>) => (
  <Box sx={{ width: 240, bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1 }}>
    {SIDES.map((position) => (
      <Fragment key={position}>
        <Handle type="source" id={`source-${position}`} position={position} isConnectable={false} />
        <Handle type="target" id={`target-${position}`} position={position} isConnectable={false} />
      </Fragment>
    ))}
    <Box sx={{ px: 1.5, py: 1, borderBottom: 1, borderColor: 'divider' }}>
      <Link component={RouterLink} to={designerPaths.edit(model.id)} underline="hover" sx={{ fontWeight: 600 }}>
        {qualifiedName(model)}
      </Link>
    </Box>
    {model.fields.map(({ id, name, type }) => (
      <Box key={id} sx={{ display: 'flex', gap: 1, px: 1.5, height: 24, alignItems: 'center' }}>
        <Typography variant="body2" noWrap sx={{ flexGrow: 1, color: 'text.primary' }}>
          {name}
        </Typography>
        <Typography variant="caption" noWrap color="text.secondary">
          {type}
        </Typography>
      </Box>
    ))}
  </Box>
);
