// Lets plain Node run the sources without a build: `node --import ./test/support/typescript.js script.ts`.
import { register } from 'node:module';

register('./typescript-hooks.js', import.meta.url);
