import { crc32, deflateSync } from 'node:zlib';

/** Builds small JPEG, PNG and JPEG 2000 files for tests; only their structure is real. */

const u16 = (value: number) => [value >> 8, value & 0xff];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

/** A segment with its length. */
export function segment(marker: number, body: readonly number[]): Buffer {
  return Buffer.from([0xff, marker, ...u16(body.length + 2), ...body]);
}

export interface JpegOptions {
  readonly width?: number;
  readonly height?: number;
  readonly components?: number;
  /** [x, y, unit] of the JFIF header. */
  readonly density?: readonly [number, number, number];
  readonly progressive?: boolean;
  /** Segments between the scan and the end of the image. */
  readonly behindScan?: Buffer;
}

export function buildJpeg(options: JpegOptions = {}): Buffer {
  const { width = 300, height = 200, components = 3, density = [300, 300, 1], progressive = false } = options;
  const [x, y, unit] = density;
  const jfif = [0x4a, 0x46, 0x49, 0x46, 0, 1, 2, unit, ...u16(x), ...u16(y), 0, 0];
  const frame = [8, ...u16(height), ...u16(width), components, ...new Array<number>(components * 3).fill(1)];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, jfif),
    segment(progressive ? 0xc2 : 0xc0, frame),
    segment(0xda, [components, 0, 63, 0]),
    Buffer.from([0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd3, 0x78, 0xff, 0xff, 0x00, 0x9a]),
    options.behindScan ?? Buffer.alloc(0),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function pngChunk(type: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  return Buffer.concat([Buffer.from(u32(body.length)), content, Buffer.from(u32(crc32(content)))]);
}

export function buildPng({ width = 30, height = 20 } = {}): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.from([...u32(width), ...u32(height), 1, 0, 0, 0, 0])),
    pngChunk('pHYs', Buffer.from([...u32(11811), ...u32(11811), 1])),
    pngChunk('IDAT', deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export interface CodestreamOptions {
  readonly width?: number;
  readonly height?: number;
  readonly components?: number;
  /** Width of a tile; the picture's by default. */
  readonly tileWidth?: number;
  /** Tiles that are really there. */
  readonly present?: number;
}

/** A bare codestream: sizes, coding style, tile-parts of some bytes, end mark. */
export function buildCodestream(options: CodestreamOptions = {}): Buffer {
  const { width = 300, height = 200, components = 3, tileWidth = width } = options;
  const tiles = Math.ceil(width / tileWidth);
  const sizes = [width, height, 0, 0, tileWidth, height, 0, 0].flatMap(u32);
  const perComponent = Array.from({ length: components }, () => [7, 1, 1]).flat();
  const siz = segment(0x51, [0, 0, ...sizes, ...u16(components), ...perComponent]);
  const cod = segment(0x52, [0, 0, ...u16(3), 1, 5, 4, 4, 0, 1]);
  const parts = Array.from({ length: options.present ?? tiles }, (_, tile) =>
    Buffer.concat([segment(0x90, [...u16(tile), ...u32(12 + 2 + 3), 0, 1]), Buffer.from([0xff, 0x93, 1, 2, 3])]),
  );
  return Buffer.concat([Buffer.from([0xff, 0x4f]), siz, cod, ...parts, Buffer.from([0xff, 0xd9])]);
}

/** A JP2 file around a codestream; its last box may state its length, leave it open, or state it in eight bytes. */
export function buildJp2(form: 'stated' | 'open' | 'long' = 'stated'): Buffer {
  const stream = buildCodestream();
  const type = Buffer.from('jp2c', 'latin1');
  const heads = {
    stated: [Buffer.from(u32(stream.length + 8)), type],
    open: [Buffer.from(u32(0)), type],
    long: [Buffer.from(u32(1)), type, Buffer.from([0, 0, 0, 0, ...u32(stream.length + 16)])],
  };
  return Buffer.concat([
    Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'),
    Buffer.from('\0\0\0\x14ftypjp2 \0\0\0\0jp2 ', 'latin1'),
    ...heads[form],
    stream,
  ]);
}
