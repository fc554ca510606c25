// Bundles the program into dist/: one file for the program and one for its worker threads, so that a start reads few files.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('..', import.meta.url));
const fresh = `dist.${process.pid}`;

/** What the bundles have in common. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // Loaded from node_modules: native code, and libraries that are large and used by few commands.
  external: [
    '@embedpdf/pdfium',
    'archiver',
    'better-sqlite3',
    'exceljs',
    'pdf-lib',
    '@pdf-lib/fontkit',
    'bwip-js',
    'docx',
  ],
  define: { 'import.meta.url': 'bundleUrl' },
  supported: { 'dynamic-import': false },
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
};
const bundleUrl = 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;';

// One script, for bin/run-bundle.js: its modules run when they are first asked for.
await build({
  ...common,
  entryPoints: ['src/cli/start.ts'],
  outfile: `${fresh}/scanlot.js`,
  charset: 'ascii',
  banner: { js: `(function (require, __filename) { ${bundleUrl}` },
  footer: { js: '})' },
});
await build({
  ...common,
  entryPoints: ['src/inspection/worker.ts'],
  outfile: `${fresh}/inspection/worker.cjs`,
  banner: { js: bundleUrl },
});

const { buildValidators } = await tsImport('./validators.ts', import.meta.url);
await buildValidators(build, join(root, fresh, 'schemas'));

// Swapped in whole: a program that starts meanwhile finds the old bundle or the new one.
const old = join(root, `${fresh}.old`);
if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
renameSync(join(root, fresh), join(root, 'dist'));
rmSync(old, { recursive: true, force: true });

await import('./keep-code.mjs');
