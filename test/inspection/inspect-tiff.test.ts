import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/findings/finding.ts';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectTiff, type TiffDetails } from '../../src/inspection/tiff/inspect-tiff.ts';
import { buildTiff, pagesOf, type TiffPage } from '../support/tiff.ts';

const inspect = (bytes: Uint8Array) => inspectTiff(memorySource(bytes));
const details = (bytes: Uint8Array) => inspect(bytes).details as TiffDetails;
const codes = (observations: readonly Observation[]) => observations.map(({ code }) => code);
/** What the inspection says in short: the count, then the codes. */
const verdict = (bytes: Uint8Array) => {
  const { pages, observations } = inspect(bytes);
  return [pages, ...codes(observations)];
};

/** Overwrites a little-endian classic pointer or number. */
function patch(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}

describe('the pages of a TIFF', () => {
  it.each([
    ['classic, little-endian', {}],
    ['classic, big-endian', { bigEndian: true }],
    ['BigTIFF, little-endian', { big: true }],
    ['BigTIFF, big-endian', { big: true, bigEndian: true }],
  ])('are counted and described: %s', (_name, options) => {
    const page = { width: 2480, height: 30, rowsPerStrip: 16, compression: 4, stripBytes: 50 };
    const { bytes } = buildTiff(pagesOf(3, page), options);
    expect(inspect(bytes)).toMatchObject({
      pages: 3,
      observations: [],
      details: {
        byteOrder: 'bigEndian' in options ? 'big-endian' : 'little-endian',
        bigTiff: 'big' in options,
        directories: 3,
        reduced: 0,
        masks: 0,
        pages: [
          {
            first: 1,
            last: 3,
            width: 2480,
            height: 30,
            bits: [1],
            compression: 'ccitt-g4',
            photometric: 'white-is-zero',
            dpi: [300, 300],
            resolutionUnit: 'inch',
            orientation: 1,
            widthMm: 210,
            heightMm: 2.5,
            rotation: 0,
            sizeClass: 'A5',
            colour: 'bw',
            layout: 'single',
            imageCount: 1,
            images: [{ width: 2480, height: 30, bits: 1, filters: ['CCITTFaxDecode'], colourSpace: 'Gray' }],
          },
        ],
        undescribed: 0,
      },
    });
  });

  it('are described in runs of equal pages', () => {
    const colour = { bits: [8, 8, 8], photometric: 2 };
    const { bytes } = buildTiff([...pagesOf(2), colour, ...pagesOf(2)]);
    expect(details(bytes).pages).toMatchObject([
      { first: 1, last: 2, bits: [1] },
      { first: 3, last: 3, bits: [8, 8, 8], photometric: 'rgb' },
      { first: 4, last: 5, bits: [1] },
    ]);
  });

  it.each([
    [{ bits: [1] }, 'bw', 'Gray'],
    [{ bits: [8], photometric: 1 }, 'grey', 'Gray'],
    [{ bits: [8, 8], photometric: 1, replace: { 338: [3, [2]] } }, 'grey', 'Gray'],
    [{ bits: [8, 8, 8], photometric: 2 }, 'colour', 'RGB'],
    [{ bits: [8, 8, 8], photometric: 6 }, 'colour', 'YCbCr'],
    [{ bits: [8, 8, 8, 8], photometric: 5 }, 'colour', 'CMYK'],
    [{ bits: [8], photometric: 3 }, 'colour', 'Indexed'],
    [{ bits: [8, 8, 8], without: [262] }, 'colour', 'missing'],
  ] as const)('have the colours that their interpretation tells: %j', (page, colour, colourSpace) => {
    expect(details(buildTiff([page as TiffPage]).bytes).pages).toMatchObject([{ colour, images: [{ colourSpace }] }]);
  });

  it('are turned as their orientation says', () => {
    const { bytes } = buildTiff([{ replace: { 274: [3, [8]] }, width: 300, height: 600 }]);
    expect(details(bytes).pages).toMatchObject([{ rotation: 270, widthMm: 50.8, heightMm: 25.4, orientation: 8 }]);
  });

  it('may have their integers in a signed type, but none below nought', () => {
    const signed = { 256: [9, [64]], 257: [8, [64]], 274: [9, [6]] } as const;
    const { bytes } = buildTiff([{ width: 64, height: 64, replace: signed }]);
    expect(inspect(bytes)).toMatchObject({ pages: 1, observations: [] });
    expect(details(bytes).pages[0]).toMatchObject({ width: 64, height: 64, rotation: 90 });
    const negative = buildTiff([{ replace: { 256: [9, [0xffffffff]] } }]);
    expect(verdict(negative.bytes)).toEqual([null, 'tiff.page-broken']);
  });

  it('are held against the total that they state themselves', () => {
    const numbered = (page: number, total: number) => ({ replace: { 297: [3, [page, total]] as const } });
    expect(verdict(buildTiff([numbered(0, 2), numbered(1, 2)]).bytes)).toEqual([2]);
    expect(verdict(buildTiff([numbered(0, 0), numbered(1, 0)]).bytes)).toEqual([2]);
    expect(inspect(buildTiff([numbered(0, 3), numbered(1, 3)]).bytes)).toMatchObject({
      pages: 2,
      observations: [{ code: 'tiff.page-total-differs', args: { stated: 3, counted: 2 } }],
    });
  });

  it('may be tiled, planar, and of any depth', () => {
    const tiled = { width: 40, height: 40, tile: 16, bits: [8] };
    const planar = { bits: [8, 8, 8], planar: 2, rowsPerStrip: 3 } as const;
    const mixed = { bits: [5, 6, 5], width: 3 };
    expect(verdict(buildTiff([tiled, planar, mixed]).bytes)).toEqual([3]);
  });

  it('are no previews and no masks, by NewSubfileType or SubfileType', () => {
    const { bytes } = buildTiff([
      {},
      { newSubfileType: 1 },
      { newSubfileType: 4 },
      { subfileType: 2 },
      { newSubfileType: 4, photometric: 4 },
    ]);
    expect(inspect(bytes)).toMatchObject({
      pages: 1,
      observations: [{ code: 'tiff.reduced-images', args: { directories: 5, pages: 1 } }],
      details: { directories: 5, reduced: 2, masks: 2 },
    });
  });

  it('are not counted where one has the colours of a mask and nothing says that it is one', () => {
    expect(verdict(buildTiff([{}, { photometric: 4 }]).bytes)).toEqual([null, 'tiff.page-broken']);
  });

  it('with fields of a type that no standard knows are told: a byte too many may have shifted a link', () => {
    const { bytes } = buildTiff(pagesOf(2));
    const at = bytes.lastIndexOf(Buffer.from([0x28, 0x01, 0x03, 0x00]));
    bytes.writeUInt16LE(0x0301, at + 2);
    expect(verdict(bytes)).toContain('tiff.value-outside');
  });

  it('are also directories marked as page of a document or as full image', () => {
    expect(
      verdict(buildTiff([{ newSubfileType: 2 }, { newSubfileType: 0 }, { subfileType: 1 }, { subfileType: 3 }]).bytes),
    ).toEqual([4]);
  });

  it('cannot be vouched for where there are only previews', () => {
    expect(verdict(buildTiff(pagesOf(2, { newSubfileType: 1 })).bytes)).toEqual([null, 'tiff.only-reduced']);
  });

  it('do not include SubIFDs, whose pictures are no lost pages either', () => {
    const { bytes } = buildTiff([{ subPages: [{}, { newSubfileType: 1 }] }, {}]);
    expect(verdict(bytes)).toEqual([2]);
  });
});

describe('the resolution of a page', () => {
  const dpi = (resolution: readonly [number, number, number | undefined] | null) =>
    details(buildTiff([{ resolution }]).bytes).pages[0]?.dpi;

  it('is told in dots per inch, from inches or centimetres', () => {
    expect(dpi([300, 200, 2])).toEqual([300, 200]);
    expect(dpi([118.11, 118.11, 3])).toEqual([300, 300]);
    expect(dpi([300, 300, undefined])).toEqual([300, 300]);
  });

  it.each([
    ['FLOAT', 11, 0x43960000],
    ['DOUBLE', 12, 0x4072c00000000000],
    ['SHORT', 3, 300],
    ['SLONG', 9, 300],
  ])('may be stated as %s in place of a RATIONAL', (_name, type, value) => {
    const replace = { 282: [type, [value]], 283: [type, [value]] } as const;
    for (const options of [{}, { bigEndian: true }]) {
      expect(details(buildTiff([{ replace }], options).bytes).pages[0]?.dpi).toEqual([300, 300]);
    }
  });

  it('is missing where the tags are, where there is no unit, and where it is nought', () => {
    for (const resolution of [null, [1, 1, 1], [0, 0, 2], [300, 0, 2], [300, 300, 9]] as const) {
      expect(dpi(resolution)).toBeNull();
      expect(verdict(buildTiff([{ resolution }]).bytes)).toEqual([1, 'tiff.resolution-missing']);
    }
  });

  it('is missed once a file, with the number of pages and the first of them', () => {
    const { bytes } = buildTiff([{}, ...pagesOf(7, { resolution: null })]);
    expect(inspect(bytes).observations).toEqual([{ code: 'tiff.resolution-missing', args: { count: 7 }, page: 2 }]);
  });
});

describe('a damaged chain of directories', () => {
  const { bytes, directories, pointers } = buildTiff(pagesOf(3));

  it('that leads back to an earlier page gives no count', () => {
    expect(inspect(patch(bytes, pointers[3]!, directories[1]!))).toMatchObject({
      pages: null,
      observations: [{ code: 'tiff.directory-loop', page: 3, args: { offset: directories[1] } }],
    });
  });

  it('that leads out of the file gives no count', () => {
    expect(inspect(patch(bytes, pointers[3]!, 0xfffffff0))).toMatchObject({
      pages: null,
      observations: [{ code: 'tiff.directory-outside', page: 4, args: { offset: 0xfffffff0, size: bytes.length } }],
    });
    expect(verdict(patch(bytes, pointers[0]!, bytes.length))).toEqual([null, 'tiff.directory-outside']);
  });

  it('that leads to a directory without entries gives no count', () => {
    const appended = Buffer.concat([patch(bytes, pointers[3]!, bytes.length), Buffer.alloc(6)]);
    expect(verdict(appended)).toEqual([null, 'tiff.directory-broken']);
  });

  it('that was cut off early does not hide the pages behind the cut', () => {
    expect(inspect(patch(bytes, pointers[1]!, 0))).toMatchObject({
      pages: null,
      observations: [{ code: 'tiff.pages-unlinked', args: { count: 2, offset: directories[1] } }],
    });
    expect(verdict(patch(bytes, pointers[1]!, directories[2]!))).toEqual([null, 'tiff.pages-unlinked']);
    expect(verdict(patch(bytes, pointers[0]!, directories[1]!))).toEqual([null, 'tiff.pages-unlinked']);
  });

  it('is found in BigTIFF and in big-endian files too', () => {
    for (const options of [{ big: true }, { bigEndian: true }, { big: true, bigEndian: true }]) {
      const built = buildTiff(pagesOf(3), options);
      built.bytes.fill(0, built.pointers[1]!, built.pointers[1]! + (options.big ? 8 : 4));
      expect(verdict(built.bytes)).toEqual([null, 'tiff.pages-unlinked']);
    }
  });

  it('that names no page at all gives no count', () => {
    expect(verdict(patch(bytes, 4, 0))).toEqual([null, 'tiff.no-page', 'tiff.pages-unlinked']);
    expect(verdict(Buffer.from('II*\0\0\0\0\0', 'latin1'))).toEqual([null, 'tiff.no-page']);
  });

  it('in a file that is cut anywhere is told', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const { pages, observations } = inspect(bytes.subarray(0, length));
      expect(pages).toBeNull();
      expect(observations).not.toEqual([]);
    }
  });

  it('of more directories than any honest file has is given up', () => {
    const count = 120_000;
    const many = Buffer.alloc(8 + count * 18);
    many.write('II*\0', 'latin1');
    many.writeUInt32LE(8, 4);
    for (let index = 0; index < count; index += 1) {
      const at = 8 + index * 18;
      many.writeUInt16LE(1, at);
      many.writeUInt16LE(256, at + 2);
      many.writeUInt16LE(3, at + 4);
      many.writeUInt32LE(1, at + 6);
      many.writeUInt32LE(at + 18, at + 14);
    }
    expect(verdict(many)).toEqual([null, 'tiff.page-broken', 'tiff.too-large']);
  });
});

describe('a TIFF behind a TIFF', () => {
  it('is not passed over in silence', () => {
    const { bytes } = buildTiff(pagesOf(2));
    expect(verdict(Buffer.concat([bytes, bytes]))).toEqual([null, 'tiff.pages-unlinked']);
  });

  it('is no suspicion against bytes that hold no page, or an old version of a linked one', () => {
    const { bytes, directories, pointers } = buildTiff(pagesOf(2));
    expect(verdict(Buffer.concat([bytes, Buffer.from('some signature behind the end')]))).toEqual([2]);
    // An editor wrote the last directory anew at the end and left the old one where it was.
    const moved = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2), bytes.subarray(directories[1])]);
    expect(verdict(patch(moved, pointers[1]!, bytes.length + (bytes.length % 2)))).toEqual([2]);
  });
});

describe('the image data of a page', () => {
  it('that ends behind the file is told, and the page still counts', () => {
    const { bytes } = buildTiff([{}, { compression: 4, replace: { 279: [4, [100_000]] } }]);
    expect(inspect(bytes)).toMatchObject({ pages: 2, observations: [{ code: 'tiff.data-outside', page: 2 }] });
  });

  it.each([
    ['a strip without length', { compression: 4, replace: { 279: [4, [0]] } }],
    ['a strip without place', { compression: 4, replace: { 273: [4, [0]] } }],
    ['fewer strips than rows', { compression: 4, height: 100, stripBytes: 9, replace: { 278: [4, [10]] } }],
    ['fewer tiles than the size needs', { tile: 16, width: 16, height: 16, replace: { 256: [4, [160]] } }],
    ['fewer bytes than uncompressed pixels', { height: 100, stripBytes: 9 }],
    ['fewer lengths than strips', { height: 8, rowsPerStrip: 4, replace: { 279: [4, [8]] } }],
  ] as const)('is told to be missing: %s', (_name, page) => {
    expect(verdict(buildTiff([page]).bytes)).toEqual([1, 'tiff.data-missing']);
  });

  it('without stated lengths is told to be uncheckable', () => {
    expect(verdict(buildTiff([{ without: [279] }]).bytes)).toEqual([1, 'tiff.byte-counts-missing']);
  });

  it('without lengths, uncompressed, is held against the size of the file', () => {
    expect(verdict(buildTiff([{ without: [279], replace: { 257: [4, [9000]], 278: [4, [9000]] } }]).bytes)).toEqual([
      1,
      'tiff.byte-counts-missing',
      'tiff.data-outside',
    ]);
  });

  it('that two pages share is told: one page twice, perhaps another one missing', () => {
    const { data } = buildTiff(pagesOf(3));
    const { bytes } = buildTiff([{}, {}, { replace: { 273: [4, [data[0]!]] } }]);
    expect(inspect(bytes)).toMatchObject({
      pages: 3,
      observations: [{ code: 'tiff.pages-share-data', page: 3, args: { count: 1, other: 1 } }],
    });
  });

  it('may be one stream of the old JPEG form', () => {
    const { data } = buildTiff([{ compression: 6, stripBytes: 80 }]);
    const stream = { 513: [4, [data[0]!]], 514: [4, [80]] } as const;
    const page = { compression: 6, stripBytes: 80, without: [273, 279], replace: stream };
    expect(verdict(buildTiff([page]).bytes)).toEqual([1]);
  });
});

describe('a directory that describes no picture', () => {
  it.each([
    ['no width', { without: [256] }],
    ['no height', { without: [257] }],
    ['a width of nought', { replace: { 256: [4, [0]] } }],
    ['a width that is a fraction', { replace: { 256: [5, [16]] } }],
    ['no place of the picture', { without: [273, 279] }],
    ['nought bits', { replace: { 258: [3, [0]] } }],
    ['thousands of samples', { replace: { 277: [3, [9000]] } }],
    ['a kind that cannot be read', { replace: { 254: [5, [1]] } }],
  ] as const)('gives no count: %s', (_name, page) => {
    const { pages, observations } = inspect(buildTiff([{}, page]).bytes);
    expect(pages).toBeNull();
    expect(observations).toContainEqual({ code: 'tiff.page-broken', args: { count: 1 }, page: 2 });
  });
});

describe('oddities of a directory', () => {
  it('are told: a size that no scan has', () => {
    const page = { compression: 4, stripBytes: 9, replace: { 256: [4, [4_000_000_000]] } } as const;
    expect(verdict(buildTiff([page]).bytes)).toEqual([1, 'tiff.size-implausible']);
  });

  it('are told: tags below the first one, tags out of order', () => {
    expect(verdict(buildTiff([{ replace: { 7: [3, [1]] } }]).bytes)).toEqual([1, 'tiff.tags-unsorted']);
    const { bytes, directories } = buildTiff([{}]);
    const first = directories[0]! + 2;
    const swapped = Buffer.from(bytes);
    bytes.copy(swapped, first, first + 12, first + 24);
    bytes.copy(swapped, first + 12, first, first + 12);
    expect(verdict(swapped)).toEqual([1, 'tiff.tags-unsorted']);
  });

  it('are told: values outside the file, SubIFDs outside the file', () => {
    const { bytes, directories } = buildTiff([{ replace: { 320: [3, [1, 2, 3]] } }]);
    const entry = bytes.indexOf(Buffer.from([0x40, 0x01, 3, 0, 3, 0, 0, 0]), directories[0]);
    expect(inspect(patch(bytes, entry + 8, 0x7fffffff))).toMatchObject({
      pages: 1,
      observations: [{ code: 'tiff.value-outside', page: 1, args: { count: 1, tag: 320 } }],
    });
    expect(verdict(buildTiff([{ replace: { 330: [13, [0x7fffffff]] } }]).bytes)).toEqual([1, 'tiff.value-outside']);
  });
});

describe('a header that is none', () => {
  it.each([
    ['nothing', ''],
    ['too short', 'II*\0'],
    ['a wrong version', 'II\x2c\0\x08\0\0\0'],
    ['mixed byte orders', 'IM*\0\x08\0\0\0'],
    ['BigTIFF with offsets of another size', 'II+\0\x10\0\0\0\x10\0\0\0\0\0\0\0'],
    ['BigTIFF cut off', 'II+\0\x08\0\0\0'],
  ])('gives no count: %s', (_name, head) => {
    expect(verdict(Buffer.from(head, 'latin1'))).toEqual([null, 'tiff.header-broken']);
  });
});

describe('a TIFF made to exhaust the reader', () => {
  /** One page whose many strips all lie apart from each other, backwards. */
  function scattered(count: number): Buffer {
    const { bytes, directories } = buildTiff([{ compression: 4, rowsPerStrip: 1, height: count, stripBytes: 1 }]);
    const entry = bytes.indexOf(Buffer.from([0x11, 0x01, 4, 0]), directories[0]);
    const at = bytes.readUInt32LE(entry + 8);
    for (let index = 0; index < count; index += 1) bytes.writeUInt32LE(8 + 2 * (count - index), at + 4 * index);
    return bytes;
  }

  it('by strips without number is given up', () => {
    expect(verdict(scattered(2000))).toEqual([1]);
    expect(verdict(scattered(150_000))).toContain('tiff.too-large');
  });

  it('by directories that lie in each other is given up', () => {
    // Every directory claims 4,000 entries, which are those of its neighbours too.
    const many = Buffer.alloc(500_000);
    many.write('II*\0', 'latin1');
    many.writeUInt32LE(8, 4);
    for (let at = 8; at + 12 < many.length; at += 12) {
      many.writeUInt16LE(4000, at);
      many.writeUInt32LE(at + 12, at + 2);
    }
    const { pages, observations } = inspect(many);
    expect(pages).toBeNull();
    expect(observations).not.toEqual([]);
  });
});

describe('zeros where something else should be', () => {
  it('behind the last directory are told: pages may have stood there', () => {
    const { bytes } = buildTiff(pagesOf(2));
    expect(inspect(Buffer.concat([bytes, Buffer.alloc(100)]))).toMatchObject({
      pages: 2,
      observations: [{ code: 'tiff.zeros-behind', args: { offset: bytes.length }, page: 2 }],
    });
    expect(verdict(Buffer.concat([bytes, Buffer.alloc(15)]))).toEqual([2]);
  });

  it('from anywhere to the end never shorten the count in silence', () => {
    for (const options of [{}, { bigEndian: true }, { big: true }]) {
      const { bytes } = buildTiff(pagesOf(3), options);
      for (let at = 16; at < bytes.length - 16; at += 1) {
        const { pages, observations } = inspect(Buffer.from(bytes).fill(0, at));
        if (pages !== 3) expect(observations.filter(({ code }) => code !== 'tiff.tags-unsorted')).not.toEqual([]);
      }
    }
  });
});
