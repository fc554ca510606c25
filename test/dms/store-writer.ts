/** A process that stores files one after the other, to be killed: `store-writer.ts ROOT STAGING ACCEPTED FILES`. */
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { fileOf, noise, writeDocuments } from './documents.ts';

const [root = '', staging = '', accepted = '', files = '0'] = process.argv.slice(2);
const adapter = createOcflAdapter({ root, staging });
for (let number = 0; number < Number(files); number++) {
  const documents = await writeDocuments(accepted, {
    'Bescheid.pdf': noise(3_000_000, number + 1),
    'Band 2/Übersicht.pdf': `content ${number}`,
    'leer.txt': '',
  });
  const { id } = await adapter.create(fileOf(`A ${number}`, documents));
  process.stdout.write(`${id}\n`);
}
