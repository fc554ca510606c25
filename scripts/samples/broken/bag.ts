import { type BagChanges, bagOf } from '../bag.ts';
import { type DeliveryFile, sampleDelivery } from '../delivery.ts';
import type { Recipe, Recipes } from './recipe.ts';

const second = 'scans/ORD-2019-001/0002.pdf';

/** The sound package as a bag, with changes to its tag files and to what lies in it afterwards. */
function bag(
  changes: BagChanges = {},
  change: (files: Map<string, DeliveryFile>) => void = () => {},
): ReturnType<Recipe> {
  const files = bagOf(sampleDelivery(), changes);
  change(files);
  return { files };
}

/** A tag file of the sound bag with its text changed. */
function tag(path: string, change: (text: string) => string, changes: BagChanges = {}): ReturnType<Recipe> {
  const text = String(bagOf(sampleDelivery(), changes).get(path));
  return bag({ ...changes, tags: { [path]: Buffer.from(change(text)) } });
}

const manifest = 'manifest-sha256.txt';
const line = (pattern: string) => new RegExp(`^[0-9a-f]+ +data/${pattern}\\n`, 'm');
const fetched = (lines: string) => ({ tags: { 'fetch.txt': Buffer.from(lines) } });

/** Bags with one thing wrong about them, the package in them sound. */
export const bagRecipes: Recipes = {
  'bag.declaration-absent': () => bag({ tags: { 'bagit.txt': null } }),
  'bag.declaration-invalid': () => tag('bagit.txt', (text) => `\ufeff${text}`),
  'bag.version-unknown': () => bag({ version: '2.0' }),
  'bag.encoding-unknown': () => tag('bagit.txt', (text) => text.replace('UTF-8', 'EBCDIC-XY')),
  'bag.encoding-unusual': () => tag('bagit.txt', (text) => text.replace('UTF-8', 'ISO-8859-1')),
  'bag.payload-absent': () => ({
    ...bag({}, (files) => {
      for (const path of files.keys()) if (path.startsWith('data/')) files.delete(path);
    }),
    with: ['bag.oxum-differs', 'checksum.file-absent', 'package.empty'],
    portable: false,
  }),
  'bag.manifest-absent': () => bag({ tags: { [manifest]: null } }),
  'bag.algorithm-unsupported': () => bag({ tags: { 'manifest-crc32.txt': Buffer.from(`00000000  data/${second}\n`) } }),
  'bag.file-not-listed': () => tag(manifest, (text) => text.replace(line(second), '')),
  'bag.junk-absent': () => bag({ tags: { [manifest]: withJunk() } }),
  'bag.path-refused': () => tag(manifest, (text) => `${text}${'0'.repeat(64)}  ../geheim.pdf\n`),
  'bag.path-loose': () => tag(manifest, (text) => text.replace('  data/', '  ./data/')),
  'bag.tag-file-absent': () => bag({ afterwards: { 'bag-info.txt': null } }),
  'bag.tag-file-differs': () => bag({ afterwards: { 'bag-info.txt': Buffer.from('Bagging-Date: 2021-03-15\n') } }),
  'bag.tag-file-unlisted': () => bag({ afterwards: { 'notizen.txt': Buffer.from('Abgeholt am 14.03.\n') } }),
  'bag.info-line-unusable': () => tag('bag-info.txt', (text) => `${text}ohne Doppelpunkt\n`),
  'bag.oxum-unreadable': () => tag('bag-info.txt', (text) => text.replace(/Oxum: .*/, 'Oxum: viele')),
  'bag.oxum-differs': () => tag('bag-info.txt', (text) => text.replace(/Oxum: .*/, 'Oxum: 1000.3')),
  'bag.fetch-present': () => bag(fetched(`https://example.org/a.pdf 1000 data/${second}\n`)),
  'bag.file-not-fetched': () => ({
    ...bag(
      { tags: { ...fetched(`https://example.org/a.pdf - data/${second}\n`).tags, 'bag-info.txt': null } },
      (files) => files.delete(`data/${second}`),
    ),
    with: ['bag.fetch-present', 'manifest.file-absent'],
  }),
  'bag.fetch-line-unusable': () => bag(fetched('https://example.org/a.pdf\n')),
};

function withJunk(): Buffer {
  return Buffer.from(`${bagOf(sampleDelivery()).get(manifest)}${'0'.repeat(64)}  data/scans/.DS_Store\n`);
}
