import { crc32 } from 'node:zlib';
import { type CraftedArchive, type CraftedEntry, craftEntries, craftZip } from '../crafted-zip.ts';
import { sampleDelivery, sampleProfile } from '../delivery.ts';
import type { Recipe, Recipes } from './recipe.ts';

const target = 'lieferung.zip';
const second = 'scans/ORD-2019-001/0002.pdf';

/** The sound package as a zip file, with one of its entries changed and others added. */
function zipped(
  change: Partial<CraftedEntry> = {},
  others: readonly CraftedEntry[] = [],
  archive: CraftedArchive = {},
): ReturnType<Recipe> {
  const entries = craftEntries(sampleDelivery()).map((entry) =>
    entry.name === second ? { ...entry, ...change } : entry,
  );
  return made(craftZip([...entries, ...others], archive));
}

function made(bytes: Buffer): ReturnType<Recipe> {
  return { files: new Map([[target, bytes]]), target };
}

const note = Buffer.from('unbeachtet');
const zeros = Buffer.alloc(20 * 1024 * 1024);

/** A name in CP437 ("für.pdf"), and one in UTF-8 that does not say so. */
const oldName = Buffer.concat([Buffer.from('scans/~$f'), Buffer.from([0x81]), Buffer.from('r.docx')]);

/** The Unicode path extra field (4.6.9) that gives an entry another name. */
function otherName(stored: string, other: string): Buffer {
  const data = Buffer.concat([Buffer.alloc(5), Buffer.from(other)]);
  data[0] = 1;
  data.writeUInt32LE(crc32(Buffer.from(stored)), 1);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

/** Two entries, the second of which begins inside the first. */
function overlapping(): ReturnType<Recipe> {
  const inner = craftZip([{ name: 'scans/b.pdf', content: note }]).subarray(0, 30 + 11 + note.length);
  const outer: CraftedEntry = { name: 'scans/a.pdf', content: inner };
  const before = craftZip(craftEntries(sampleDelivery()));
  const directory = before.readUInt32LE(before.length - 6);
  const listed: CraftedEntry = {
    name: 'scans/b.pdf',
    data: Buffer.alloc(0),
    both: { size: note.length, packed: note.length, crc32: crc32(note) },
    central: { offset: directory + 30 + 11 },
  };
  const zip = craftZip([...craftEntries(sampleDelivery()), outer, listed]);
  // The local header of the listed entry is the one inside the other: its own is cut out.
  const own = directory + 30 + 11 + inner.length;
  const rest = Buffer.from(zip.subarray(own + 30 + 11));
  rest.writeUInt32LE(rest.readUInt32LE(rest.length - 6) - 41, rest.length - 6);
  return made(Buffer.concat([zip.subarray(0, own), rest]));
}

/** Zip files with one thing wrong about them, the package in them sound. */
export const zipRecipes: Recipes = {
  'zip.no-directory': () => {
    const zip = craftZip(craftEntries(sampleDelivery()));
    return made(zip.subarray(0, zip.length / 2));
  },
  'zip.directory-damaged': () => zipped({}, [], { end: { entries: 7 } }),
  'zip.ambiguous-end': () => {
    const fake = craftZip([]);
    return zipped({}, [], { comment: fake });
  },
  'zip.multi-part': () => zipped({}, [], { end: { disk: 1 } }),
  'zip.entry-hidden': () => zipped({}, [{ name: 'scans/versteckt.pdf', content: note, hidden: true }]),
  'zip.foreign-bytes': () => zipped({}, [], { between: Buffer.from('sonst noch etwas') }),
  'zip.path-unsafe': () => ({
    ...zipped({}, [{ name: '../../scans/~$a.pdf', content: note }]),
    with: ['package.junk'],
  }),
  'zip.backslashes': () => zipped({ name: second.replaceAll('/', '\\') }),
  'zip.name-encoding': () => ({ ...zipped({}, [{ name: oldName, content: note }]), with: ['package.junk'] }),
  'zip.name-ambiguous': () => ({
    ...zipped({ extra: otherName(second, 'scans/ORD-2019-001/0003.pdf') }),
    with: ['manifest.file-absent'],
  }),
  'zip.duplicate-entry': () => zipped({}, [{ name: second, content: note }]),
  'zip.directories-disagree': () => zipped({ local: { name: Buffer.from('scans/ORD-2019-001/0003.pdf') } }),
  'zip.overlap': overlapping,
  'zip.entry-cut-off': () => {
    const entry = { name: 'scans/~$a.pdf', content: note, both: { size: 5_000_000, packed: 5_000_000 } };
    return { ...zipped({}, [entry]), with: ['package.junk'] };
  },
  'zip.encrypted': () => zipped({ both: { flags: 1 } }),
  'zip.method-unsupported': () => zipped({ both: { method: 14 } }),
  'zip.bomb': () => ({
    ...zipped({}, [{ name: 'scans/~$leer.tif', content: zeros, compression: 'deflate' }]),
    with: ['package.junk'],
  }),
  'zip.too-large': () => ({
    ...zipped(),
    profile: { ...sampleProfile, limits: { unpackedBytes: 5000 } },
    with: ['manifest.absent'],
  }),
  'zip.folder-with-content': () => zipped({}, [{ name: 'scans/ORD-2019-003/', content: note }]),
  'zip.content-damaged': () => zipped({ both: { crc32: 1 } }),
};
