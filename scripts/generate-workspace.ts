// Makes a large workspace. Run: npx tsx scripts/generate-workspace.ts DIR [--files 120000] [--pages 13000000]
import { parseArgs } from 'node:util';
import { generateWorkspace } from './generators/workspace.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'string', default: '120000' }, pages: { type: 'string', default: '13000000' } },
});
const [folder] = positionals;
const [files, pages] = [Number(values.files), Number(values.pages)];
if (folder === undefined || !(Number.isInteger(files) && files > 0 && Number.isInteger(pages) && pages >= files)) {
  throw new Error('usage: generate-workspace.ts DIR [--files N] [--pages N], with at least one page a file');
}
await generateWorkspace(folder, { files, pages });
