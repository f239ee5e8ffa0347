import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element to draw the admin in.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
