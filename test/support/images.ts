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
  /** Segments between the JFIF header and the frame. */
  readonly beforeFrame?: Buffer;
  /** Without a JFIF header. */
  readonly bare?: boolean;
  /** Sampling factors of the first component; 1 × 1 for the others. */
  readonly sampling?: readonly [number, number];
  /** What stands behind the scan header; some bytes with stuffing, restarts and fill bytes by default. */
  readonly data?: Buffer;
}

export function buildJpeg(options: JpegOptions = {}): Buffer {
  const { width = 300, height = 200, components = 3, density = [300, 300, 1], progressive = false } = options;
  const [x, y, unit] = density;
  const jfif = [0x4a, 0x46, 0x49, 0x46, 0, 1, 2, unit, ...u16(x), ...u16(y), 0, 0];
  const [across, down] = options.sampling ?? [1, 1];
  const factors = (index: number) => (index === 0 ? across * 16 + down : 0x11);
  const described = Array.from({ length: components }, (_, index) => [index + 1, factors(index), 0]).flat();
  const frame = [8, ...u16(height), ...u16(width), components, ...described];
  const scan = Array.from({ length: components }, (_, index) => [index + 1, 0]).flat();
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    options.bare ? Buffer.alloc(0) : segment(0xe0, jfif),
    options.beforeFrame ?? Buffer.alloc(0),
    segment(progressive ? 0xc2 : 0xc0, frame),
    segment(0xda, [components, ...scan, 0, 63, 0]),
    options.data ?? Buffer.from([0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd3, 0x78, 0xff, 0xff, 0x00, 0x9a]),
    options.behindScan ?? Buffer.alloc(0),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function pngChunk(type: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  return Buffer.concat([Buffer.from(u32(body.length)), content, Buffer.from(u32(crc32(content)))]);
}

export interface PngOptions {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly colourType?: number;
  readonly interlaced?: boolean;
  /** Colours of the palette. */
  readonly palette?: readonly (readonly [number, number, number])[];
  /** pHYs: x, y, unit; null leaves it away. */
  readonly density?: readonly [number, number, number] | null;
  /** Chunks before the picture's data. */
  readonly chunks?: readonly Buffer[];
}

export function buildPng(options: PngOptions = {}): Buffer {
  const { width = 30, height = 20, bits = 1, colourType = 0, interlaced = false, palette, chunks = [] } = options;
  const { density = [11811, 11811, 1] } = options;
  const header = [...u32(width), ...u32(height), bits, colourType, 0, 0, interlaced ? 1 : 0];
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.from(header)),
    ...(palette ? [pngChunk('PLTE', Buffer.from(palette.flat()))] : []),
    ...(density ? [pngChunk('pHYs', Buffer.from([...u32(density[0]), ...u32(density[1]), density[2]]))] : []),
    ...chunks,
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

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from(u32(body.length + 8)), Buffer.from(type, 'latin1'), body]);
}

export interface Jp2Options {
  readonly stream?: Buffer;
  readonly brand?: string;
  /** Sizes that the header states. */
  readonly stated?: readonly [width: number, height: number];
  /** Number of the enumerated colour space: 16 sRGB, 17 grey. */
  readonly space?: number;
  /** Pixels for a metre; null leaves the box away. */
  readonly density?: number | null;
}

/** A JP2 file around a codestream; its last box may state its length, leave it open, or state it in eight bytes. */
export function buildJp2(form: 'stated' | 'open' | 'long' = 'stated', options: Jp2Options = {}): Buffer {
  const { stream = buildCodestream(), brand = 'jp2 ', stated = [300, 200], space = 16, density = 11811 } = options;
  const type = Buffer.from('jp2c', 'latin1');
  const heads = {
    stated: [Buffer.from(u32(stream.length + 8)), type],
    open: [Buffer.from(u32(0)), type],
    long: [Buffer.from(u32(1)), type, Buffer.from([0, 0, 0, 0, ...u32(stream.length + 16)])],
  };
  const header = [
    box('ihdr', Buffer.from([...u32(stated[1]), ...u32(stated[0]), ...u16(3), 7, 7, 0, 0])),
    box('colr', Buffer.from([1, 0, 0, ...u32(space)])),
    ...(density === null
      ? []
      : [box('res ', box('resc', Buffer.from([...u16(density), ...u16(1), ...u16(density), ...u16(1), 0, 0])))]),
  ];
  return Buffer.concat([
    Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'),
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1')),
    box('jp2h', ...header),
    ...heads[form],
    stream,
  ]);
}
