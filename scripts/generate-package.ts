// Makes a delivery of any size. Run: npx tsx scripts/generate-package.ts DIR [--kind scans|large|small|rows] [--amount N]
import { parseArgs } from 'node:util';
import { generatePackage, packageKinds } from './generators/package.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: 'string', default: 'scans' }, amount: { type: 'string', default: '100000000' } },
});
const [folder] = positionals;
const kind = packageKinds.find((one) => one === values.kind);
const amount = Number(values.amount);
if (folder === undefined || !kind || !(Number.isInteger(amount) && amount > 0)) {
  throw new Error(`usage: generate-package.ts DIR [--kind ${packageKinds.join('|')}] [--amount BYTES_FILES_OR_ROWS]`);
}
const { files, bytes } = generatePackage(folder, kind, amount);
console.log(`${files} files, ${bytes} bytes`);
