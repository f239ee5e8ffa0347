import type { ThemeOptions } from '@mui/material';
import { defaultTheme, type RaThemeOptions } from 'react-admin';
import { i18nProvider } from '../texts/i18n-provider.js';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** What both have in common. */
const shared: ThemeOptions = {
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: FONT,
    h1: { fontSize: '1.5rem', fontWeight: 600, lineHeight: 1.3 },
    h2: { fontSize: '1.1rem', fontWeight: 600, lineHeight: 1.3 },
    h3: { fontSize: '1rem', fontWeight: 600 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', fullWidth: true } },
    MuiAutocomplete: { defaultProps: { size: 'small', fullWidth: true } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', fullWidth: true } },
    MuiTooltip: { defaultProps: { enterDelay: 400 } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiTableCell: { styleOverrides: { head: { fontWeight: 600, whiteSpace: 'nowrap' } } },
    // React-admin shows some of these without a name, which a screen reader could only call "progress".
    MuiCircularProgress: { defaultProps: { 'aria-label': i18nProvider.translate('ra.page.loading') } },
    MuiLinearProgress: { defaultProps: { 'aria-label': i18nProvider.translate('ra.page.loading') } },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
    MuiCssBaseline: {
      styleOverrides: {
        // What gets the focus is not to be under the bar at the top, nor under the buttons of a form.
        html: { scrollPaddingTop: 88, scrollPaddingBottom: 104 },
        // Who asks for less motion gets none.
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' },
        },
      },
    },
  },
};

const merged = (palette: ThemeOptions['palette']): RaThemeOptions => ({
  sidebar: defaultTheme.sidebar,
  ...shared,
  palette,
});

export const lightTheme = merged({
  mode: 'light',
  primary: { main: '#3949ab' },
  secondary: { main: '#00695c' },
  background: { default: '#f6f7fb', paper: '#ffffff' },
  text: { primary: '#1a1d2b', secondary: '#555b70' },
  divider: '#dfe2ec',
});

export const darkTheme = merged({
  mode: 'dark',
  primary: { main: '#9fa8ff' },
  secondary: { main: '#6fd3c3' },
  // The usual red is too dark to be read on these.
  error: { main: '#ff8a80' },
  background: { default: '#12141c', paper: '#1b1e29' },
  text: { primary: '#eceef7', secondary: '#aab0c4' },
  divider: '#33384a',
});
