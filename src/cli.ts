#!/usr/bin/env node
import { runCommand } from './cli/run-command.js';

// Not exit(): what was printed into a pipe may be under way still.
process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(`${text}\n`),
});
