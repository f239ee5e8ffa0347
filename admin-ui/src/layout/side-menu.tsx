import Home from '@mui/icons-material/Home';
import { Box, List } from '@mui/material';
import { useState } from 'react';
import { useModels } from '../models/use-models.js';
import { useText } from '../texts/use-text.js';
import { FeatureMenu } from './feature-menu.js';
import { MenuLink } from './menu-link.js';
import { MenuSearch } from './menu-search.js';
import { ModelMenu } from './model-menu.js';

/** From this many models on they are easier found by name. */
const MANY = 12;

/** All pages that whoever uses the admin may see: those of records by app, and the others, which a long list must not hide. */
export const SideMenu = ({ onChosen }: { readonly onChosen: () => void }) => {
  const text = useText();
  const index = useModels();
  const [sought, setSought] = useState('');
  const isLong = index.models.length > MANY;
  return (
    <Box component="nav" aria-label={text('menu.label')} onClick={onChosen} sx={{ overflowY: 'auto', pb: 4 }}>
      {isLong && <MenuSearch sought={sought} onSeek={setSought} />}
      <List dense sx={{ px: 1, pb: 0 }}>
        <MenuLink to="/" Icon={Home} isExact>
          {text('menu.home')}
        </MenuLink>
      </List>
      {isLong && <FeatureMenu index={index} />}
      <ModelMenu models={index.models} sought={sought} />
      {!isLong && <FeatureMenu index={index} />}
    </Box>
  );
};
