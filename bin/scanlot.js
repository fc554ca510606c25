#!/usr/bin/env node
import('../dist/cli/start.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('scanlot is not built yet: run "npm run build" first.\n');
  process.exitCode = 2;
});
