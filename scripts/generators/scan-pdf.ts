import { createHash } from 'node:crypto';
import { closeSync, openSync, writevSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Random } from './random.ts';

/** Page images, drawn from again and again: 300 dpi, A4, colour as JPEG and black-and-white as CCITT G4. */
export interface ImagePool {
  readonly colour: readonly Buffer[];
  readonly blackWhite: readonly Buffer[];
}

const [width, height] = [2480, 3508];
const [pageWidth, pageHeight] = [(width * 72) / 300, (height * 72) / 300];

/** Images of the size that scanners make: about 540 kB in colour, 50 kB in black and white. Their data are noise. */
export function createImagePool(random: Random): ImagePool {
  const images = (mean: number, make: (data: Buffer) => Buffer) =>
    Array.from({ length: 8 }, () => make(random.bytes(random.between(mean * 0.7, mean * 1.3))));
  return { colour: images(540_000, jpeg), blackWhite: images(50_000, (data) => data) };
}

/** Images of half a kB, for packages in which files count and not bytes. */
export function createSmallPool(random: Random): ImagePool {
  return { colour: [], blackWhite: Array.from({ length: 8 }, () => random.bytes(500)) };
}

/** A baseline JPEG by its markers: the entropy-coded data are noise in which no marker occurs. */
function jpeg(noise: Buffer): Buffer {
  const data = noise.map((byte) => (byte === 0xff ? 0xfe : byte));
  const component = (id: number, sampling: number) => [id, sampling, 0];
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  const frame = [0xff, 0xc0, 0, 17, 8, ...size, 3, ...component(1, 0x22), ...component(2, 0x11), ...component(3, 0x11)];
  const scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0];
  return Buffer.concat([Buffer.from([0xff, 0xd8, ...frame, ...scan]), data, Buffer.from([0xff, 0xd9])]);
}

export interface ScanPdf {
  readonly title: string;
  readonly pages: number;
  readonly kind: 'colour' | 'black-white';
  /** Whether the pages carry invisible text, as OCR leaves it. */
  readonly hasText: boolean;
}

/** Writes a PDF as scan software makes it: a page is one image, a short content stream, perhaps invisible text. */
export function writeScanPdf(
  path: string,
  pdf: ScanPdf,
  pool: ImagePool,
  random: Random,
): { sha256: string; size: number } {
  const writer = openWriter(path);
  const pageTree = 2;
  const font = 3;
  const leaves: number[] = [];
  writer.object(1, `<< /Type /Catalog /Pages ${pageTree} 0 R >>`);
  writer.object(font, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  let next = 4;
  for (let page = 1; page <= pdf.pages; page += 1) {
    const [image, content, leaf] = [next, next + 1, next + 2];
    next += 3;
    leaves.push(leaf);
    writeImage(writer, image, pdf.kind, pool, random);
    const stream = deflateSync(pageContent(pdf, page));
    writer.stream(content, '/Filter /FlateDecode', stream);
    const fonts = pdf.hasText ? ` /Font << /F0 ${font} 0 R >>` : '';
    writer.object(
      leaf,
      `<< /Type /Page /Parent ${pageTree} 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /XObject << /Im0 ${image} 0 R >>${fonts} >> /Contents ${content} 0 R >>`,
    );
  }
  const kids = leaves.map((leaf) => `${leaf} 0 R`).join(' ');
  writer.object(pageTree, `<< /Type /Pages /Count ${pdf.pages} /Kids [${kids}] >>`);
  return writer.close();
}

function writeImage(writer: Writer, id: number, kind: ScanPdf['kind'], pool: ImagePool, random: Random): void {
  const images = kind === 'colour' ? pool.colour : pool.blackWhite;
  const data = images[random.between(0, images.length - 1)] ?? Buffer.alloc(0);
  const common = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height}`;
  const coding =
    kind === 'colour'
      ? '/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode'
      : `/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns ${width} /Rows ${height} >>`;
  writer.stream(id, `${common} ${coding}`, data);
}

function pageContent({ title, hasText }: ScanPdf, page: number): string {
  const image = `q\n${pageWidth} 0 0 ${pageHeight} 0 0 cm\n/Im0 Do\nQ\n`;
  if (!hasText) return image;
  const lines = Array.from(
    { length: 45 },
    (_, line) =>
      `1 0 0 1 60 ${770 - line * 15} Tm\n(${title} Seite ${page} Zeile ${line}: Sehr geehrte Damen und Herren) Tj\n`,
  );
  return `${image}BT\n3 Tr\n/F0 10 Tf\n${lines.join('')}ET\n`;
}

interface Writer {
  object(id: number, body: string): void;
  stream(id: number, dictionary: string, data: Buffer): void;
  close(): { sha256: string; size: number };
}

function openWriter(path: string): Writer {
  const handle = openSync(path, 'w');
  const hash = createHash('sha256');
  const offsets: number[] = [];
  let size = 0;
  const write = (...parts: readonly (string | Buffer)[]) => {
    const buffers = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part));
    for (const buffer of buffers) {
      hash.update(buffer);
      size += buffer.length;
    }
    writevSync(handle, buffers);
  };
  write('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
  return {
    object: (id, body) => {
      offsets[id] = size;
      write(`${id} 0 obj\n${body}\nendobj\n`);
    },
    stream: (id, dictionary, data) => {
      offsets[id] = size;
      write(`${id} 0 obj\n<< ${dictionary} /Length ${data.length} >>\nstream\n`, data, '\nendstream\nendobj\n');
    },
    close: () => {
      const start = size;
      const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
      const trailer = `trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
      write(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${entries.join('')}${trailer}`);
      closeSync(handle);
      return { sha256: hash.digest('hex'), size };
    },
  };
}
