import { deflateSync } from 'node:zlib';

/** A page of A4 at 300 dpi. */
const WIDTH = 2480;
const HEIGHT = 3508;

/**
 * A scan as vendors deliver it: one black-and-white image a page. The same pages and seed give the same bytes.
 * @param seed makes documents of equal length differ
 */
export function samplePdf(pages: number, seed = 0): Buffer {
  return once(`pdf ${pages} ${seed}`, () => writePdf(pages, seed));
}

/** A black-and-white TIFF (baseline, PackBits) with one directory a page. */
export function sampleTiff(pages: number, seed = 0): Buffer {
  return once(`tiff ${pages} ${seed}`, () => writeTiff(pages, seed));
}

const made = new Map<string, Buffer>();

/** Packing pictures takes its time, and the same documents are asked for again and again. */
function once(key: string, make: () => Buffer): Buffer {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

function writePdf(pages: number, seed: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  const add = (bytes: Buffer) => {
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (number: number, body: Buffer | string) => {
    offsets[number] = length;
    add(Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]));
  };
  const stream = (dictionary: string, data: Buffer) =>
    Buffer.concat([
      Buffer.from(`<< ${dictionary} /Length ${data.length} >>\nstream\n`),
      data,
      Buffer.from('\nendstream'),
    ]);
  const kids = Array.from({ length: pages }, (_, index) => `${3 + index * 3} 0 R`);
  object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  object(2, `<< /Type /Pages /Count ${pages} /Kids [${kids.join(' ')}] >>`);
  for (let page = 0; page < pages; page += 1) {
    const first = 3 + page * 3;
    object(
      first,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.2 841.92] /Contents ${first + 1} 0 R ` +
        `/Resources << /XObject << /Scan ${first + 2} 0 R >> >> >>`,
    );
    object(first + 1, stream('', Buffer.from('q 595.2 0 0 841.92 0 0 cm /Scan Do Q')));
    const image = `/Type /XObject /Subtype /Image /Width ${WIDTH} /Height ${HEIGHT} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode`;
    object(first + 2, stream(image, deflateSync(bitmap(seed * 1000 + page), { level: 9 })));
  }
  const start = length;
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(Buffer.from(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${entries.join('')}`));
  add(Buffer.from(`trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** White paper with a few black lines, so that no two pages are alike. */
function bitmap(seed: number): Buffer {
  const bytes = Buffer.alloc((WIDTH / 8) * HEIGHT, 0xff);
  for (let line = 0; line < 8; line += 1) {
    const row = 200 + ((seed * 131 + line * 397) % (HEIGHT - 400));
    bytes.fill(0x00, row * (WIDTH / 8) + 20, row * (WIDTH / 8) + 20 + ((seed * 17 + line * 29) % 250));
  }
  return bytes;
}

function writeTiff(pages: number, seed: number): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let at = 8;
  for (let page = 0; page < pages; page += 1) {
    const data = packBits(bitmap(seed * 1000 + page));
    const padded = data.length % 2 === 0 ? data : Buffer.concat([data, Buffer.alloc(1)]);
    const fields: [number, number, number][] = [
      [256, 4, WIDTH],
      [257, 4, HEIGHT],
      [258, 3, 1],
      [259, 3, 32773],
      [262, 3, 1],
      [273, 4, 0],
      [277, 3, 1],
      [278, 4, HEIGHT],
      [279, 4, data.length],
      [282, 5, 0],
      [283, 5, 0],
      [296, 3, 2],
    ];
    const size = 2 + fields.length * 12 + 4;
    const resolution = at + size;
    const strip = resolution + 8;
    const next = strip + padded.length;
    const directory = Buffer.alloc(size + 8);
    directory.writeUInt16LE(fields.length, 0);
    for (const [index, [tag, type, value]] of fields.entries()) {
      const place = 2 + index * 12;
      directory.writeUInt16LE(tag, place);
      directory.writeUInt16LE(type, place + 2);
      directory.writeUInt32LE(1, place + 4);
      const written = tag === 273 ? strip : tag === 282 || tag === 283 ? resolution : value;
      if (type === 3) directory.writeUInt16LE(written, place + 8);
      else directory.writeUInt32LE(written, place + 8);
    }
    directory.writeUInt32LE(page === pages - 1 ? 0 : next, size - 4);
    directory.writeUInt32LE(300, size);
    directory.writeUInt32LE(1, size + 4);
    parts.push(directory, padded);
    at = next;
  }
  return Buffer.concat(parts);
}

/** PackBits (TIFF 6.0, section 9) of rows that are runs for the most part: each row for itself. */
function packBits(bytes: Buffer): Buffer {
  const packed: number[] = [];
  const row = WIDTH / 8;
  for (let start = 0; start < bytes.length; start += row) {
    let at = start;
    while (at < start + row) {
      let end = at + 1;
      while (end < start + row && end - at < 128 && bytes[end] === bytes[at]) end += 1;
      if (end - at === 1) packed.push(0, bytes[at]!);
      else packed.push(257 - (end - at), bytes[at]!);
      at = end;
    }
  }
  return Buffer.from(packed);
}
