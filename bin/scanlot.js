#!/usr/bin/env node
const { join } = require('node:path');
const { runBundle } = require('./run-bundle.js');

try {
  runBundle(join(__dirname, '..', 'dist', 'scanlot.js'));
} catch (error) {
  if (error?.code !== 'ENOENT' || error.syscall !== 'open') throw error;
  process.stderr.write('scanlot is not built yet: run "npm run build" first.\n');
  process.exitCode = 2;
}
