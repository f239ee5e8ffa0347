import MenuIcon from '@mui/icons-material/Menu';
import { AppBar, Box, IconButton, Toolbar } from '@mui/material';
import { LoadingIndicator } from 'react-admin';
import { Link } from 'react-router-dom';
import icon from '../app/icon.svg';
import { useText } from '../texts/use-text.js';
import { AccountMenu } from './account-menu.js';
import { ThemeButton } from './theme-button.js';

interface TopBarProps {
  /** On small screens, where a button opens and closes it. */
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

/** The bar at the top of every page. */
export const TopBar = ({ isMenuOpen, onMenu }: TopBarProps) => {
  const text = useText();
  return (
    <AppBar
      position="fixed"
      elevation={0}
      sx={{
        zIndex: ({ zIndex }) => zIndex.drawer + 1,
        bgcolor: 'background.paper',
        color: 'text.primary',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Toolbar sx={{ gap: 1 }}>
        <IconButton
          edge="start"
          color="inherit"
          aria-label={text('menu.open')}
          aria-expanded={isMenuOpen}
          onClick={onMenu}
          sx={{ display: { md: 'none' } }}
        >
          <MenuIcon />
        </IconButton>
        <Box
          component={Link}
          to="/"
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            color: 'inherit',
            textDecoration: 'none',
            fontWeight: 700,
          }}
        >
          <img src={icon} alt="" width={28} height={28} />
          {text('app.name')}
        </Box>
        <Box sx={{ flexGrow: 1 }} />
        <LoadingIndicator />
        <ThemeButton />
        <AccountMenu />
      </Toolbar>
    </AppBar>
  );
};
