import { Box, Toolbar } from '@mui/material';
import { type ReactNode, Suspense, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { ErrorBoundary } from '../components/error-boundary.js';
import { LeaveQuestion } from '../components/leave-question.js';
import { PageLoading } from '../components/page-loading.js';
import { LiveUpdates } from '../live/live-updates.js';
import { MenuDrawer } from './menu-drawer.js';
import { RecordWindowsProvider } from './record-windows.js';
import { SideMenu } from './side-menu.js';
import { SkipLink } from './skip-link.js';
import { TopBar } from './top-bar.js';

/** What is around each page: the bar at the top, the menu at the side. */
export const Layout = ({ children }: { readonly children: ReactNode }) => {
  const { pathname } = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const closeMenu = () => setMenuOpen(false);
  return (
    <Box sx={{ display: 'flex', minHeight: '100vh', bgcolor: 'background.default', color: 'text.primary' }}>
      <LiveUpdates />
      <SkipLink />
      <TopBar isMenuOpen={isMenuOpen} onMenu={() => setMenuOpen(!isMenuOpen)} />
      <MenuDrawer isOpen={isMenuOpen} onClose={closeMenu}>
        <ErrorBoundary place="menu">
          <Suspense fallback={<PageLoading />}>
            <SideMenu onChosen={closeMenu} />
          </Suspense>
        </ErrorBoundary>
      </MenuDrawer>
      <Box
        component="main"
        id="content"
        tabIndex={-1}
        sx={{ flexGrow: 1, minWidth: 0, p: { xs: 2, md: 3 }, outline: 0 }}
      >
        <Toolbar />
        <ErrorBoundary place={pathname}>
          <RecordWindowsProvider>
            <Suspense fallback={<PageLoading />}>{children}</Suspense>
          </RecordWindowsProvider>
        </ErrorBoundary>
      </Box>
      <LeaveQuestion />
    </Box>
  );
};
