import { crc32, deflateSync } from 'node:zlib';

/** 16 × 16 shades of grey as libjpeg writes them, in four sections between restart markers; no resolution. */
const jpegBytes = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1x' +
    'eXBkeFxlZ2P/wAALCAAQABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABYQAAMAAAAAAAAAAAAAAAAAAAAVYv/dAAQAAf/aAAgBAQAA' +
    'PwBE6o//0ETqj//ROuqP/9I66o//2Q==',
  'base64',
);

/** The picture with its resolution in the JFIF header, in dots per inch; 0 leaves it without any. */
export function sampleJpeg(dpi = 300): Buffer {
  const bytes = Buffer.from(jpegBytes);
  bytes[13] = dpi === 0 ? 0 : 1;
  bytes.writeUInt16BE(dpi === 0 ? 1 : dpi, 14);
  bytes.writeUInt16BE(dpi === 0 ? 1 : dpi, 16);
  return bytes;
}

/** A JPEG with a further segment behind its JFIF header. */
export function withSegment(jpeg: Buffer, marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 20), head, body, jpeg.subarray(20)]);
}

export function pngChunk(type: string, body: Buffer): Buffer {
  const bytes = Buffer.alloc(body.length + 12);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  body.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

/** A PNG of 16 × 16 white pixels at 300 dpi, or with other chunks between header and data. */
export function samplePng(chunks: readonly Buffer[] = [resolution(11_811)]): Buffer {
  const header = Buffer.from([0, 0, 0, 16, 0, 0, 0, 16, 1, 0, 0, 0, 0]);
  const rows = Buffer.alloc(16 * 3).map((_, index) => (index % 3 === 0 ? 0 : 0xff));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...chunks,
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param density pixels for a metre */
export function resolution(density: number): Buffer {
  const body = Buffer.alloc(9, 1);
  body.writeUInt32BE(density, 0);
  body.writeUInt32BE(density, 4);
  return pngChunk('pHYs', body);
}

/** The same shades as OpenJPEG writes them. */
const codestream = Buffer.from(
  '/0//UQApAAAAAAAQAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAABDwEB/1IADAAAAAEAAAQEAAH/XAAEQID/ZAAlAAFDcmVhdGVkIGJ5IE9w' +
    'ZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAFxAAH/k9/4mr6dlqkiZvSVSwvWDmzDB9N5zbvWpSc5znOf9dU22221p8lLiAAAAAAAAAAAAAUQ' +
    'EgABAL7DbbbbH0FISlefuxzhq4RvAzWbUDIqAAApkOw3/3QcPCqNdAeo22skik5znOc5znOc5znOc5znOc5zo0IiqqqqqqqqKN71G222h7VAAAAA' +
    'AAAAAAAAAAAAAFEBIAAAAAAADbujbbbbV51CX3xfhq4RvAzWbUDIqABhIS8Em5CcZ6A9RttZJFJznOc5znOc5znOc5znOc5znRoRFVVVVVVVUUb3' +
    'qNtttD2qAAAAAAAAAAAAAAAAAAKICQAAAAAAAG3dG2222rzqEvvi/DVwjeBms2oGRUADCQkPMgjeBmszMuPn6W9RtttZJFJznOc5znOc5znOc5zn' +
    'Oc5znUQRlVVVVVVVVVVVVVVVVVTlVAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAH//2Q==',
  'base64',
);

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** A JPEG 2000 file of them at 300 dpi; its brand and the height that its header states may be others. */
export function sampleJp2({ brand = 'jp2 ', height = 16 } = {}): Buffer {
  const size = Buffer.from([0, 0, 0, height, 0, 0, 0, 16, 0, 1, 15, 7, 0, 0]);
  const density = Buffer.from([0x2e, 0x23, 0, 1, 0x2e, 0x23, 0, 1, 0, 0]);
  return Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1')),
    box('jp2h', box('ihdr', size), box('colr', Buffer.from([1, 0, 0, 0, 0, 0, 17])), box('res ', box('resc', density))),
    box('jp2c', codestream),
  ]);
}
