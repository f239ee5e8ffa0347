import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './build/compress.js';

/** A server that was started with `npm start`, for `npx vite admin-ui` beside it. */
const SERVER = process.env['DYNAMO_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  // Wherever the server puts the page.
  base: './',
  plugins: [react(), compress()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/admin',
    emptyOutDir: true,
    target: 'es2022',
    // Every file has a hash in its name, and none is written into another, which the page's policy would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  server: { proxy: { '/api': { target: SERVER } } },
});
