import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { _ } from 'ajv/dist/2020.js';
import type { build } from 'esbuild';
import { createAjv, ownSchemas } from '../src/shared/document.ts';
import { packagePath } from '../src/shared/package.ts';

type StandaloneCode = typeof import('ajv/dist/standalone/index.js').default;
const standaloneCode: StandaloneCode = createRequire(import.meta.url)('ajv/dist/standalone').default;

/** Schemas whose validator is made when the program is built: compiling it took longer than the rest of a short check. */
const names = ['delivery-profile-1'] as const;

/** Writes the validators of our schemas into a folder, as src/shared/document.ts looks for them. */
export async function buildValidators(bundle: typeof build, folder: string): Promise<void> {
  for (const name of names) {
    await bundle({
      stdin: { contents: validatorCode(name), resolveDir: packagePath('src', 'shared'), sourcefile: `${name}.js` },
      outfile: `${folder}/${name}.cjs`,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: true,
      logLevel: 'warning',
    });
  }
}

/** The code of a schema's validator, as ajv makes it when the program runs. */
function validatorCode(name: (typeof names)[number]): string {
  const schema = readFileSync(packagePath('schemas', `${name}.schema.json`));
  const formats = _`require('./schema-formats.ts').formats`;
  const ajv = createAjv({ ...ownSchemas, code: { ...ownSchemas.code, source: true, formats } });
  const validate = ajv.compile(JSON.parse(schema.toString()));
  const hash = createHash('sha256').update(schema).digest('hex');
  return `${standaloneCode(ajv, validate)}\nmodule.exports = { validate: module.exports, schema: '${hash}' };\n`;
}
