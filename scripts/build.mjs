// Bundles the program into dist/: one file for each entry and lazily loaded chunks, so that a start reads few files.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('..', import.meta.url));
const fresh = `dist.${process.pid}`;

await build({
  absWorkingDir: root,
  entryPoints: { 'cli/start': 'src/cli/start.ts', 'inspection/worker': 'src/inspection/worker.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Loaded from node_modules: native code, and libraries that are large and used by few commands.
  external: ['@embedpdf/pdfium', 'archiver', 'better-sqlite3', 'exceljs', 'pdf-lib', '@pdf-lib/fontkit', 'bwip-js'],
  banner: {
    js: "import { createRequire as scanlotRequire } from 'node:module'; const require = scanlotRequire(import.meta.url);",
  },
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  logLevel: 'warning',
});

const { buildValidators } = await tsImport('./validators.ts', import.meta.url);
await buildValidators(build, join(root, fresh, 'schemas'));

// Swapped in whole: a program that starts meanwhile finds the old bundle or the new one.
const old = join(root, `${fresh}.old`);
if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
renameSync(join(root, fresh), join(root, 'dist'));
rmSync(old, { recursive: true, force: true });
