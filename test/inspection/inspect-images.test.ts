import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectBytes } from '../../src/inspection/inspect-bytes.ts';
import { corpus } from '../support/corpora.ts';
import { buildCodestream, buildJp2, buildJpeg, buildPng, pngChunk, segment } from '../support/images.ts';

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
      details: { width: 300, height: 200, bits: 8, components: 3, progressive: false, dpi: [300, 300] },
    });
    expect(inspect(buildJpeg({ progressive: true, components: 1, density: [118, 118, 2] })).details).toMatchObject({
      components: 1,
      progressive: true,
      dpi: [299.72, 299.72],
    });
    expect(inspect(buildJpeg({ density: [1, 1, 0] })).details).toMatchObject({ dpi: null });
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
      expect(verdict(jpeg.subarray(0, length))).toEqual([length < scan + 8 ? null : 1, 'file.truncated']);
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
    expect(inspect(Buffer.concat([buildJpeg(), buildJpeg()]))).toMatchObject({
      pages: 1,
      observations: [{ code: 'file.trailing-bytes', args: { format: 'jpeg', bytes: buildJpeg().length } }],
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
    expect(inspect(buildPng())).toEqual({
      format: 'png',
      pages: 1,
      observations: [],
      details: { width: 30, height: 20, bits: 1, colour: 'grey', dpi: [300, 300] },
    });
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
  it.each([
    ['a bare codestream', buildCodestream()],
    ['a file', buildJp2()],
    ['a file whose last box is open', buildJp2('open')],
    ['a file with a long box', buildJp2('long')],
  ])('is one page: %s', (_name, bytes) => {
    expect(inspect(bytes)).toEqual({
      format: 'jp2',
      pages: 1,
      observations: [],
      details: { width: 300, height: 200, components: 3 },
    });
    expect(verdict(bytes.subarray(0, -1))).toEqual([1, 'file.truncated']);
  });

  it('without codestream is damaged', () => {
    expect(verdict(buildJp2().subarray(0, 32))).toEqual([null, 'file.damaged']);
    expect(verdict(buildCodestream({ width: 0 }))).toEqual([null, 'file.damaged']);
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
    expect(verdict(readFileSync(join(folder ?? '', name)))).toEqual([1]);
  });
});
