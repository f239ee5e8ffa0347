import { Box, Drawer, Toolbar } from '@mui/material';
import type { ReactNode } from 'react';

const WIDTH = 264;

interface MenuDrawerProps {
  /** On small screens, where the menu lies over the page. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Where the menu is: beside the page, or over it where there is no room. */
export const MenuDrawer = ({ isOpen, onClose, children }: MenuDrawerProps) => (
  <>
    <Drawer
      variant="temporary"
      open={isOpen}
      onClose={onClose}
      sx={{ display: { md: 'none' } }}
      slotProps={{ paper: { sx: { width: 'min(88vw, 320px)' } } }}
    >
      <Toolbar />
      {isOpen && children}
    </Drawer>
    <Box sx={{ width: { md: WIDTH }, flexShrink: 0, display: { xs: 'none', md: 'block' } }}>
      <Drawer
        variant="permanent"
        slotProps={{ paper: { sx: { width: WIDTH, borderRight: 1, borderColor: 'divider' } } }}
      >
        <Toolbar />
        {children}
      </Drawer>
    </Box>
  </>
);
