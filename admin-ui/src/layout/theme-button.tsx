import DarkMode from '@mui/icons-material/DarkMode';
import LightMode from '@mui/icons-material/LightMode';
import { IconButton, Tooltip } from '@mui/material';
import { useTheme } from 'react-admin';
import { useText } from '../texts/use-text.js';

/** Changes between light and dark; until somebody does, it is what the system prefers. */
export const ThemeButton = () => {
  const text = useText();
  const [theme, setTheme] = useTheme();
  const isDark = theme === 'dark';
  const label = text(isDark ? 'theme.light' : 'theme.dark');
  return (
    <Tooltip title={label}>
      <IconButton color="inherit" aria-label={label} onClick={() => setTheme(isDark ? 'light' : 'dark')}>
        {isDark ? <LightMode /> : <DarkMode />}
      </IconButton>
    </Tooltip>
  );
};
