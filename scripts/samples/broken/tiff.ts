import { scanTiff, type TiffChanges } from '../scan-tiff.ts';
import { type Recipe, type Recipes, withContent } from './recipe.ts';

/** The package with such a TIFF as its second document; what is declared are the pages that can be counted. */
function tiff(content: Buffer, pages = 1, others: ReturnType<Recipe>['with'] = []): Recipe {
  return () => ({ ...withContent('scans/ORD-2019-001/0002.tif', content, pages), with: others });
}

/** A page with some of its fields changed. */
function page(changes: TiffChanges): Buffer {
  return scanTiff(1, 2, { 0: changes }).bytes;
}

/** Writes a number over what a pointer or field says. */
function overwritten(bytes: Buffer, at: number | undefined, value: number): Buffer {
  if (at === undefined) throw new Error('no such place in the file');
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}

const two = scanTiff(2, 2);
const whole = scanTiff(1, 2);
const [start = 0] = whole.directories;
const end = whole.bytes.length;

/** The first two fields of the directory in each other's place. */
function unsorted(): Buffer {
  const bytes = Buffer.from(whole.bytes);
  whole.bytes.copy(bytes, start + 2, start + 14, start + 26);
  whole.bytes.copy(bytes, start + 14, start + 2, start + 14);
  return bytes;
}

/** One page that says it is the first of five: PageNumber, two SHORTs. */
function ofFive(): Buffer {
  const bytes = page({ 297: [3, 0] });
  const entry = bytes.indexOf(Buffer.from([0x29, 0x01, 3, 0, 1, 0, 0, 0]));
  bytes.writeUInt32LE(2, entry + 4);
  bytes.writeUInt16LE(5, entry + 10);
  return bytes;
}

/** More directories than any honest file has, all the same few bytes: SubIFDs are not followed, the chain is. */
function endless(): Buffer {
  const count = 100_100;
  const bytes = Buffer.alloc(8 + count * 18);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  for (let index = 0; index < count; index += 1) {
    const at = 8 + index * 18;
    bytes.writeUInt16LE(1, at);
    bytes.writeUInt16LE(254, at + 2);
    bytes.writeUInt16LE(4, at + 4);
    bytes.writeUInt32LE(1, at + 6);
    bytes.writeUInt32LE(1, at + 10);
    bytes.writeUInt32LE(at + 18, at + 14);
  }
  return bytes;
}

/** Packages with a TIFF that has one thing wrong. */
export const tiffRecipes: Recipes = {
  'tiff.header-broken': tiff(whole.bytes.subarray(0, 6)),
  'tiff.no-page': tiff(Buffer.from('II*\0\0\0\0\0', 'latin1')),
  'tiff.only-reduced': tiff(page({ 254: [4, 1] })),
  'tiff.directory-outside': tiff(overwritten(two.bytes, two.pointers[2], 0x7ffffff0), 2),
  'tiff.directory-broken': tiff(Buffer.concat([overwritten(whole.bytes, whole.pointers[1], end), Buffer.alloc(6)])),
  'tiff.directory-loop': tiff(overwritten(two.bytes, two.pointers[2], two.directories[0] ?? 0), 2),
  'tiff.too-large': () => ({ ...tiff(endless())(), portable: false }),
  'tiff.page-broken': tiff(page({ 256: null })),
  'tiff.data-outside': tiff(page({ 279: [4, 100_000] })),
  'tiff.data-missing': tiff(page({ 279: [4, 0] })),
  'tiff.byte-counts-missing': tiff(page({ 279: null })),
  'tiff.value-outside': tiff(page({ 330: [4, 0x7fffffff] })),
  'tiff.tags-unsorted': tiff(unsorted()),
  'tiff.resolution-missing': tiff(page({ 282: null, 283: null, 296: null })),
  'tiff.size-implausible': tiff(page({ 256: [4, 4_000_000] })),
  'tiff.reduced-images': tiff(scanTiff(2, 2, { 1: { 254: [4, 1] } }).bytes),
  'tiff.pages-share-data': tiff(scanTiff(2, 2, { 1: { 273: [4, two.data[0] ?? 0] } }).bytes, 2),
  'tiff.page-total-differs': tiff(ofFive()),
  'tiff.zeros-behind': tiff(Buffer.concat([whole.bytes, Buffer.alloc(100)])),
  'tiff.pages-unlinked': tiff(overwritten(two.bytes, two.pointers[1], 0)),
};
