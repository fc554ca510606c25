import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectBytes } from '../../src/inspection/inspect-bytes.ts';
import { corpus } from '../support/corpora.ts';
import { buildCodestream, buildJp2, buildJpeg, buildPng, pngChunk, segment } from '../support/images.ts';
import { buildTiff } from '../support/tiff.ts';

const inspect = (bytes: Uint8Array) => inspectBytes(memorySource(bytes));
/** The count, then the codes of what was observed. */
const verdict = (bytes: Uint8Array) => {
  const { pages, observations } = inspect(bytes);
  return [pages, ...observations.map(({ code }) => code)];
};
const endOfImage = Buffer.from([0xff, 0xd9]);

describe('a JPEG', () => {
  it('is one page, described by its frame and its JFIF header', () => {
    expect(inspect(buildJpeg())).toEqual({
      format: 'jpeg',
      pages: 1,
      observations: [],
      details: {
        width: 300,
        height: 200,
        bits: 8,
        components: 3,
        colourSpace: 'YCbCr',
        process: 'baseline',
        progressive: false,
        subsampling: '1x1',
        estimatedQuality: null,
        dpi: [300, 300],
        orientation: null,
        hasThumbnail: false,
        pages: [
          {
            first: 1,
            last: 1,
            widthMm: 25.4,
            heightMm: 16.9,
            rotation: 0,
            sizeClass: 'A6',
            images: [
              {
                width: 300,
                height: 200,
                bits: 8,
                colour: 'colour',
                colourSpace: 'YCbCr',
                filters: ['DCTDecode'],
                dpi: [300, 300],
                isStencil: false,
                isMasked: false,
              },
            ],
            imageCount: 1,
            layout: 'single',
            dpi: [300, 300],
            colour: 'colour',
            text: { visible: 0, invisible: 0 },
          },
        ],
      },
    });
    expect(inspect(buildJpeg({ progressive: true, components: 1, density: [118, 118, 2] })).details).toMatchObject({
      components: 1,
      colourSpace: 'Gray',
      progressive: true,
      dpi: [299.7, 299.7],
      pages: [{ colour: 'grey' }],
    });
  });

  it('without a resolution is told', () => {
    const jpeg = buildJpeg({ density: [1, 1, 0] });
    expect(inspect(jpeg).details).toMatchObject({ dpi: null, pages: [{ widthMm: null, sizeClass: null, dpi: null }] });
    expect(verdict(jpeg)).toEqual([1, 'image.resolution-missing']);
  });

  const exif = (orientation: number, dpi: number) =>
    segment(0xe1, [
      ...Buffer.from('Exif\0\0', 'latin1'),
      ...buildTiff([{ resolution: [dpi, dpi, 2], replace: { 274: [3, [orientation]] } }]).bytes,
    ]);

  it('is turned as its Exif data say, and has their resolution where JFIF states none', () => {
    const jpeg = buildJpeg({ density: [1, 1, 0], beforeFrame: exif(6, 150) });
    expect(verdict(jpeg)).toEqual([1]);
    expect(inspect(jpeg).details).toMatchObject({
      width: 300,
      dpi: [150, 150],
      orientation: 6,
      pages: [{ rotation: 90, widthMm: 33.9, heightMm: 50.8 }],
    });
    expect(inspect(buildJpeg({ bare: true, beforeFrame: exif(3, 150) })).details).toMatchObject({
      pages: [{ rotation: 180 }],
    });
  });

  it('with two resolutions is told', () => {
    expect(verdict(buildJpeg({ beforeFrame: exif(1, 72) }))).toEqual([1, 'image.resolutions-differ']);
  });

  it.each([
    [3, 0, 'RGB'],
    [3, 1, 'YCbCr'],
    [4, 0, 'CMYK'],
    [4, 2, 'YCCK'],
  ])("of %i components with the transform %i in Adobe's marker is %s", (components, transform, colourSpace) => {
    const adobe = segment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]);
    const jpeg = buildJpeg({ components, beforeFrame: adobe, bare: true });
    expect(inspect(jpeg).details).toMatchObject({ colourSpace, components, pages: [{ colour: 'colour' }] });
  });

  it.each([10, 50, 75, 90, 95, 100])('tells the quality %i by the tables that libjpeg makes for it', (quality) => {
    const scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
    const table = [16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29]
      .concat([40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98])
      .concat([103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99])
      .map((value) => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
    const jpeg = buildJpeg({ components: 1, beforeFrame: segment(0xdb, [0, ...table]) });
    expect(inspect(jpeg).details).toMatchObject({ estimatedQuality: quality });
  });

  describe('in sections between restart markers', () => {
    const restart = (index: number) => Buffer.from([7, 0xff, 0xd0 + (index % 8)]);
    const sections = (indices: readonly number[]) => Buffer.concat([...indices.map(restart), Buffer.from([7])]);
    // 300 × 200 at 2 × 2: 19 × 13 = 247 units; 30 a section: 9 sections, 8 markers.
    const jpeg = (indices: readonly number[]) =>
      buildJpeg({ sampling: [2, 2], beforeFrame: segment(0xdd, [0, 30]), data: sections(indices) });

    it('has all of them, in turn', () => {
      expect(verdict(jpeg([0, 1, 2, 3, 4, 5, 6, 7]))).toEqual([1]);
    });

    it.each([
      ['one less', [0, 1, 2, 3, 4, 5, 6]],
      ['one more', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
      ["two in each other's place", [0, 2, 1, 3, 4, 5, 6, 7]],
      ['one twice and one missing', [0, 1, 1, 3, 4, 5, 6, 7]],
    ])('lacks data with %s', (_name, indices) => {
      expect(verdict(jpeg(indices))).toEqual([1, 'image.data-missing']);
    });
  });

  it('does not count the further pictures that it announces', () => {
    const directory = [0, 1, 0xb0, 0x01, 0, 4, 0, 0, 0, 1, 0, 0, 0, 3];
    const mpf = segment(0xe2, [...Buffer.from('MPF\0MM\0*\0\0\0\x08', 'latin1'), ...directory]);
    const jpeg = Buffer.concat([buildJpeg({ beforeFrame: mpf }), buildJpeg(), buildJpeg()]);
    expect(inspect(jpeg)).toMatchObject({
      pages: 1,
      observations: [{ code: 'image.secondary-pictures', args: { count: 2 } }],
    });
  });

  it('may have several scans, and its height behind the first of them', () => {
    const scan = Buffer.concat([segment(0xda, [1, 0, 63, 0]), Buffer.from([1, 2, 3])]);
    expect(verdict(buildJpeg({ behindScan: Buffer.concat([scan, scan]) }))).toEqual([1]);
    const late = buildJpeg({ height: 0, behindScan: segment(0xdc, [1, 0]) });
    expect(inspect(late)).toMatchObject({ pages: 1, observations: [], details: { height: 256 } });
  });

  it('cut off is told: before its picture there is no page, in its picture the page is incomplete', () => {
    const jpeg = buildJpeg();
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    for (let length = 4; length < jpeg.length; length += 1) {
      expect(verdict(jpeg.subarray(0, length))).toEqual([length < scan + 14 ? null : 1, 'file.truncated']);
    }
  });

  it('is not complete because a preview inside it is', () => {
    const preview = segment(0xe1, [...buildJpeg({ width: 20, height: 20 })]);
    const jpeg = buildJpeg();
    const bytes = Buffer.concat([jpeg.subarray(0, 2), preview, jpeg.subarray(2)]);
    expect(verdict(bytes)).toEqual([1]);
    expect(verdict(bytes.subarray(0, -4))).toEqual([1, 'file.truncated']);
  });

  it('with bytes behind its end is told', () => {
    expect(inspect(Buffer.concat([buildJpeg(), Buffer.from('behind')]))).toMatchObject({
      pages: 1,
      observations: [{ code: 'file.trailing-bytes', args: { format: 'jpeg', bytes: 6 } }],
    });
  });

  it('with another picture behind its end is told: nobody sees that', () => {
    expect(inspect(Buffer.concat([buildJpeg(), buildJpeg()]))).toMatchObject({
      pages: 1,
      observations: [{ code: 'image.picture-behind', args: { format: 'jpeg', offset: buildJpeg().length } }],
    });
  });

  it.each([
    ['no picture', Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xfe, [65]), endOfImage])],
    ['a picture in a picture', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xd8]), endOfImage])],
    ['a segment shorter than its length', Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 1, 0xff, 0xd9])],
    ['no marker where one should be', Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 2, 65, 66, 67])],
    ['a picture without height', buildJpeg({ height: 0 })],
    ['nothing but fill bytes', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(5000, 0xff)])],
  ])('is damaged by %s', (_name, bytes) => {
    expect(verdict(bytes)).toEqual([null, 'file.damaged']);
  });
});

describe('a PNG', () => {
  it('is one page, described by its header', () => {
    expect(inspect(buildPng())).toMatchObject({
      format: 'png',
      pages: 1,
      observations: [],
      details: {
        width: 30,
        height: 20,
        bits: 1,
        colour: 'grey',
        interlaced: false,
        transparent: false,
        dpi: [300, 300],
        frames: 1,
        pages: [{ first: 1, last: 1, widthMm: 2.5, heightMm: 1.7, colour: 'bw', dpi: [300, 300] }],
      },
    });
    expect(inspect(buildPng({ interlaced: true, bits: 16, colourType: 6 })).details).toMatchObject({
      interlaced: true,
      bits: 16,
      colour: 'rgb-alpha',
      transparent: true,
      pages: [{ colour: 'colour', images: [{ isMasked: true }] }],
    });
  });

  it.each([
    [
      'bw',
      [
        [0, 0, 0],
        [255, 255, 255],
      ],
    ],
    [
      'grey',
      [
        [0, 0, 0],
        [128, 128, 128],
      ],
    ],
    [
      'colour',
      [
        [0, 0, 0],
        [255, 0, 0],
      ],
    ],
  ] as const)('is %s when its palette is', (colour, palette) => {
    const png = buildPng({ colourType: 3, palette });
    expect(inspect(png)).toMatchObject({ observations: [], details: { pages: [{ colour }] } });
  });

  it('without a resolution, or with a mere proportion, is told', () => {
    expect(verdict(buildPng({ density: null }))).toEqual([1, 'image.resolution-missing']);
    expect(verdict(buildPng({ density: [1, 1, 0] }))).toEqual([1, 'image.resolution-missing']);
  });

  it('that is animated has one page, and is told', () => {
    const acTL = pngChunk('acTL', Buffer.from([0, 0, 0, 5, 0, 0, 0, 0]));
    expect(verdict(buildPng({ chunks: [acTL] }))).toEqual([1, 'image.animated']);
  });

  it.each([
    ['a depth that its colours do not have', { bits: 4, colourType: 2 }],
    ['a palette that is missing', { colourType: 3 }],
    ['an unknown colour type', { colourType: 5 }],
  ])('is damaged by %s', (_name, options) => {
    expect(verdict(buildPng(options)).slice(1)).toContain('file.damaged');
  });

  it('with another picture behind its end is told', () => {
    expect(verdict(Buffer.concat([buildPng(), buildPng()]))).toEqual([1, 'image.picture-behind']);
  });

  it('cut off is told, wherever', () => {
    const png = buildPng();
    for (let length = 8; length < png.length; length += 1) {
      expect(verdict(png.subarray(0, length)).slice(1)).toEqual(['file.truncated']);
    }
  });

  it('with any changed byte is told to be damaged', () => {
    const png = buildPng();
    for (let at = 8; at < png.length; at += 1) {
      const changed = Buffer.from(png);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(inspect(changed).observations).not.toEqual([]);
    }
  });

  it('with bytes behind its end is told', () => {
    expect(verdict(Buffer.concat([buildPng(), Buffer.from('x')]))).toEqual([1, 'file.trailing-bytes']);
  });

  it.each([
    ['no size', [pngChunk('IHDR', Buffer.alloc(13)), pngChunk('IEND', Buffer.alloc(0))]],
    ['no header', [pngChunk('IDAT', Buffer.alloc(3)), pngChunk('IEND', Buffer.alloc(0))]],
    ['no picture', [buildPng().subarray(8, 33), pngChunk('IEND', Buffer.alloc(0))]],
    ['two headers', [buildPng().subarray(8, 33), buildPng().subarray(8, 33)]],
  ])('is damaged by %s', (_name, chunks) => {
    expect(verdict(Buffer.concat([buildPng().subarray(0, 8), ...chunks]))).toEqual([null, 'file.damaged']);
  });
});

describe('a JPEG 2000 picture', () => {
  const facts = { width: 300, height: 200, components: 3, bits: 8, layers: 3, levels: 5, reversible: true, tiles: 1 };

  it.each([
    ['a file', buildJp2()],
    ['a file whose last box is open', buildJp2('open')],
    ['a file with a long box', buildJp2('long')],
  ])('is one page: %s', (_name, bytes) => {
    expect(inspect(bytes)).toMatchObject({
      format: 'jp2',
      pages: 1,
      observations: [],
      details: {
        ...facts,
        container: 'jp2',
        colourSpace: 'sRGB',
        dpi: [300, 300],
        pages: [{ first: 1, last: 1, widthMm: 25.4, heightMm: 16.9, colour: 'colour', sizeClass: 'A6' }],
      },
    });
    expect(verdict(bytes.subarray(0, -1))).toEqual([1, 'file.truncated']);
  });

  it('may be a bare codestream, which has no resolution', () => {
    const bytes = buildCodestream();
    const details = { ...facts, container: 'codestream', colourSpace: 'RGB', dpi: null };
    expect(inspect(bytes)).toMatchObject({ pages: 1, observations: [{ code: 'image.resolution-missing' }], details });
    expect(verdict(bytes.subarray(0, -1))).toEqual([1, 'file.truncated', 'image.resolution-missing']);
  });

  it('is grey when its colour specification says so', () => {
    expect(inspect(buildJp2('stated', { space: 17 })).details).toMatchObject({ pages: [{ colour: 'grey' }] });
  });

  it('lacks data when a tile is missing', () => {
    const stream = buildCodestream({ tileWidth: 100, present: 2 });
    expect(verdict(buildJp2('stated', { stream }))).toEqual([1, 'image.data-missing']);
    expect(verdict(buildJp2('stated', { stream: buildCodestream({ tileWidth: 100 }) }))).toEqual([1]);
  });

  it('is told when header and data disagree about its size', () => {
    expect(verdict(buildJp2('stated', { stated: [300, 201] }))).toEqual([1, 'image.sizes-differ']);
  });

  it('with a second codestream or other bytes behind it is told', () => {
    const second = buildCodestream();
    const head = Buffer.from([0, 0, 0, second.length + 8, ...Buffer.from('jp2c')]);
    expect(verdict(Buffer.concat([buildJp2(), head, second]))).toEqual([1, 'image.picture-behind']);
    expect(verdict(Buffer.concat([buildJp2(), Buffer.from('x')]))).toEqual([1, 'file.trailing-bytes']);
  });

  it.each([1, -1, 9])('whose header box is not as long as the boxes in it is damaged: %i bytes', (more) => {
    const bytes = buildJp2();
    const header = bytes.indexOf('jp2h') - 4;
    bytes.writeUInt32BE(bytes.readUInt32BE(header) + more, header);
    expect(verdict(bytes)).toEqual([null, 'file.damaged']);
  });

  it('is damaged without the header of a JP2 file, or with one that contradicts the codestream', () => {
    const sound = buildJp2();
    const header = sound.indexOf('ihdr') + 4;
    const nameless = Buffer.from(sound);
    nameless.write('jp2i', sound.indexOf('jp2h'), 'latin1');
    expect(verdict(nameless)).toEqual([1, 'file.damaged', 'image.resolution-missing']);
    for (const [at, value] of [
      [9, 4],
      [10, 11],
    ] as const) {
      const bytes = Buffer.from(sound);
      bytes[header + at] = value;
      expect(verdict(bytes)).toEqual([1, 'file.damaged']);
    }
    const varied = Buffer.from(sound);
    varied[header + 10] = 255;
    expect(verdict(varied)).toEqual([1]);
  });

  it.each(['jpm ', 'mjp2'])('of the kind %j may have several pages, and has no count', (brand) => {
    expect(verdict(buildJp2('stated', { brand }))).toEqual([null, 'image.several-pages']);
  });

  it('without codestream is damaged or cut off', () => {
    expect(verdict(buildJp2().subarray(0, 32))).toEqual([null, 'file.damaged']);
    expect(verdict(buildCodestream({ width: 0 }))).toEqual([null, 'file.damaged']);
  });

  it('cut off is told, wherever', () => {
    const jp2 = buildJp2();
    for (let length = 12; length < jp2.length; length += 1) {
      const { pages, observations } = inspect(jp2.subarray(0, length));
      expect([1, null]).toContain(pages);
      expect(observations).not.toEqual([]);
    }
  });
});

describe('files without pages', () => {
  it.each([
    ['', 'file.empty'],
    ['\0\x01\x02', 'file.format-unknown'],
    ['PK\x03\x04', 'file.pages-not-countable'],
    ['Akte;Seiten', 'file.pages-not-countable'],
  ])('have no count, and it is said why: %j', (content, code) => {
    expect(verdict(Buffer.from(content, 'latin1'))).toEqual([null, code]);
  });
});

describe('whatever bytes follow a signature', () => {
  const signatures = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', '\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'];

  it('the readers neither crash nor hang, and give a count or a reason', () => {
    fc.assert(
      fc.property(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 300 }), (signature, tail) => {
        const { pages, observations } = inspect(Buffer.concat([Buffer.from(signature, 'latin1'), tail]));
        expect([1, null]).toContain(pages);
        expect(observations.map(({ code }) => code)).not.toContain('file.reader-failed');
        if (pages === null) expect(observations).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a changed picture is still one page, or it is said why not', () => {
    const sources = fc.constantFrom(buildJpeg(), buildPng(), buildJp2(), buildCodestream());
    fc.assert(
      fc.property(sources, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(), (bytes, at, value, cut) => {
        const changed = Buffer.from(bytes.subarray(0, bytes.length - (cut % 3)));
        changed[at % changed.length] = value;
        const { pages, observations } = inspect(changed);
        if (pages !== 1) expect(observations).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

const folder = corpus('scan-images');
describe.skipIf(!folder)('the pictures of the public corpora', () => {
  const files = folder ? readdirSync(folder).filter((name) => /\.(jpg|png)$/.test(name)) : [];
  it.each(files)('are sound: %s', (name) => {
    const [pages, ...codes] = verdict(readFileSync(join(folder ?? '', name)));
    expect(pages).toBe(1);
    expect(codes.filter((code) => code !== 'image.resolution-missing')).toEqual([]);
  });
});

const batch = corpus('tna-batch');
describe.skipIf(!batch)('the JPEG 2000 files of the National Archives', () => {
  const files = batch
    ? readdirSync(batch, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jp2'))
    : [];
  it.each(files)('are sound, and described: %s', (name) => {
    expect(inspect(readFileSync(join(batch ?? '', name)))).toMatchObject({
      pages: 1,
      observations: [],
      details: { width: 142, height: 158, bits: 8, colourSpace: 'sRGB', dpi: [96, 96], layers: 1, reversible: true },
    });
  });
});
