import { PdfWriter } from './pdf-writer.ts';

export const a4 = '/MediaBox [0 0 595.276 841.89]';

/** Numbers that the samples use: 1 catalog, 2 root of the page tree, from 10 on branches and pages. */
export const catalogBody = '<< /Type /Catalog /Pages 2 0 R >>';

export function pageBody(parent: number, extra = a4): string {
  return `<< /Type /Page /Parent ${parent} 0 R ${extra} /Resources << >> >>`;
}

export function nodeBody(kids: readonly number[], count: number, extra = ''): string {
  return `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${count} ${extra}>>`;
}

/** Catalog and page tree with this many pages, `perBranch` on each branch, as object number → body. */
export function treeBodies(pages: number, perBranch: number): Map<number, string> {
  const bodies = new Map([[1, catalogBody]]);
  const branches: number[] = [];
  let number = 10;
  for (let left = pages; left > 0; left -= perBranch) {
    const branch = number;
    const kids = Array.from({ length: Math.min(left, perBranch) }, (_, index) => branch + 1 + index);
    bodies.set(branch, nodeBody(kids, kids.length, '/Parent 2 0 R '));
    for (const kid of kids) bodies.set(kid, pageBody(branch));
    branches.push(branch);
    number += 1 + kids.length;
  }
  return bodies.set(2, nodeBody(branches, pages));
}

function write(writer: PdfWriter, bodies: ReadonlyMap<number, string>): PdfWriter {
  for (const [number, body] of bodies) writer.object(number, body);
  return writer;
}

export function tablePdf(pages: number, perBranch = 5): Buffer {
  return write(new PdfWriter(), treeBodies(pages, perBranch)).finishTable('/Root 1 0 R').bytes();
}

export function streamPdf(pages: number, perBranch = 5): Buffer {
  return write(new PdfWriter(), treeBodies(pages, perBranch)).finishStream(3, '/Root 1 0 R').bytes();
}

/** All but the cross-reference in object streams. */
export function compressedPdf(pages: number, perBranch = 5): Buffer {
  const bodies = [...treeBodies(pages, perBranch)];
  const half = Math.ceil(bodies.length / 2);
  return new PdfWriter('%PDF-1.5\n')
    .objectStream(3, new Map(bodies.slice(0, half)))
    .objectStream(4, new Map(bodies.slice(half)))
    .finishStream(5, '/Root 1 0 R')
    .bytes();
}

/** Two pages, of ASCII characters alone, so that it can be told as a text. */
export function asciiPdf(title: string): string {
  const writer = new PdfWriter('%PDF-1.7\n').object(5, `<< /Title (${title}) >>`);
  return write(writer, flatTree(2)).finishTable('/Root 1 0 R /Info 5 0 R').bytes().toString('latin1');
}

/** A table for old readers, and the pages in an object stream that only its stream knows. */
export function hybridPdf(pages: number, perBranch = 5): Buffer {
  const bodies = treeBodies(pages, perBranch);
  const writer = new PdfWriter();
  writer.object(1, catalogBody);
  bodies.delete(1);
  return writer.objectStream(3, bodies).finishHybrid(4, '/Root 1 0 R').bytes();
}

/** Two pages, and an update that adds a third to the same tree. */
export function updatedPdf(form: 'table' | 'stream' | 'compressed'): Buffer {
  const writer = new PdfWriter();
  for (const [number, body] of flatTree(2)) writer.object(number, body);
  // An object that no page refers to: an update whose place slips onto it would change nothing that is read.
  writer.object(30, '<< /Producer (test) >>');
  if (form === 'table') writer.finishTable('/Root 1 0 R');
  else writer.finishStream(40, '/Root 1 0 R');
  const added = new Map([
    [2, nodeBody([10, 11, 12], 3)],
    [12, pageBody(2)],
  ]);
  if (form === 'compressed') return writer.objectStream(41, added).finishStream(42, '/Root 1 0 R').bytes();
  write(writer, added);
  return (form === 'table' ? writer.finishTable('/Root 1 0 R') : writer.finishStream(43, '/Root 1 0 R')).bytes();
}

/** Catalog, root and pages right below it. */
export function flatTree(pages: number): Map<number, string> {
  const kids = Array.from({ length: pages }, (_, index) => 10 + index);
  const bodies = new Map([
    [1, catalogBody],
    [2, nodeBody(kids, pages)],
  ]);
  for (const kid of kids) bodies.set(kid, pageBody(2));
  return bodies;
}

/**
 * A linearised file: the first page and its cross-reference at the beginning, the rest and its own behind
 * (ISO 32000-2, annex F).
 */
export function linearisedPdf(pages: number): Buffer {
  const bodies = flatTree(pages);
  const first = [1, 2, 10];
  const padded = (value: number) => String(value).padStart(10, '0');
  const build = (known: { length: number; main: number; first: number; offsets: ReadonlyMap<number, number> }) => {
    const writer = new PdfWriter();
    const offsets = new Map<number, number>();
    const put = (number: number, body: string) => {
      offsets.set(number, writer.length);
      writer.raw(`${number} 0 obj\n${body}\nendobj\n`);
    };
    const table = (numbers: readonly number[]) => {
      writer.raw('xref\n');
      for (const number of numbers) {
        const offset = padded(known.offsets.get(number) ?? 0);
        writer.raw(number === 0 ? '0 1\n0000000000 65535 f \n' : `${number} 1\n${offset} 00000 n \n`);
      }
    };
    put(50, `<< /Linearized 1 /L ${padded(known.length)} /N ${pages} /O 10 /E 0 /T 0 /H [0 0] >>`);
    const firstXref = writer.length;
    table([50, ...first]);
    writer.raw(`trailer\n<< /Size 51 /Root 1 0 R /Prev ${padded(known.main)} >>\nstartxref\n0\n%%EOF\n`);
    for (const number of first) put(number, bodies.get(number) ?? '');
    const rest = [...bodies.keys()].filter((number) => !first.includes(number));
    for (const number of rest) put(number, bodies.get(number) ?? '');
    const main = writer.length;
    table([0, ...rest]);
    writer.raw(`trailer\n<< /Size 51 >>\nstartxref\n${padded(firstXref)}\n%%EOF\n`);
    return { bytes: writer.bytes(), length: writer.length, main, first: firstXref, offsets };
  };
  return build(build({ length: 0, main: 0, first: 0, offsets: new Map() })).bytes;
}

/** One sample of each structure, with its pages. */
export const samplePdfs: readonly { readonly name: string; readonly pages: number; readonly bytes: () => Buffer }[] = [
  { name: 'cross-reference table', pages: 7, bytes: () => tablePdf(7) },
  { name: 'cross-reference stream', pages: 7, bytes: () => streamPdf(7) },
  { name: 'object streams', pages: 12, bytes: () => compressedPdf(12) },
  { name: 'hybrid', pages: 7, bytes: () => hybridPdf(7) },
  { name: 'linearised', pages: 4, bytes: () => linearisedPdf(4) },
  { name: 'update with tables', pages: 3, bytes: () => updatedPdf('table') },
  { name: 'update with streams', pages: 3, bytes: () => updatedPdf('stream') },
  { name: 'update with object streams', pages: 3, bytes: () => updatedPdf('compressed') },
];
