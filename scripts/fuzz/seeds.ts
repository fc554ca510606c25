import { samplePdfs } from '../../test/support/sample-pdfs.ts';
import { samplePdf } from '../samples/documents.ts';
import { imageFormats } from './image-seeds.ts';
import { packageFormats } from './package-seeds.ts';
import { type FuzzedFormat, soundFiles } from './sound-files.ts';
import { tableFormats } from './table-seeds.ts';

/** Sound files by format. */
export const formats: Readonly<Record<string, FuzzedFormat>> = {
  ...imageFormats,
  ...tableFormats,
  ...packageFormats,
  pdf: {
    seeds: () => [
      ...samplePdfs.map(({ name, pages, bytes }) => ({ name, bytes: bytes(), pages })),
      { name: 'scan of three pages', bytes: samplePdf(3), pages: 3 },
      ...['pdf', 'scan-pdf', 'zugferd'].flatMap((name) => soundFiles(name, /\.pdf$/i)),
      ...soundFiles('pdfa', /-pass-.*\.pdf$/i).filter((_, index) => index % 8 === 0),
    ],
    words: [
      ...['obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref', '%%EOF', ' R', ' n', ' f', '%PDF-'],
      ...['/Kids', '/Count', '/Type', '/Pages', '/Page', '/Parent', '/Root', '/Prev', '/XRefStm', '/Length', '/Filter'],
      ...['/W', '/Index', '/Size', '/N ', '/First', '/Predictor', '/Columns', '/Linearized', '/L ', '/Contents'],
      ...['/Resources', '/XObject', '/ColorSpace', '/Font', '/Metadata', '/Annots', '/MediaBox', '/Info', ' cm', ' Do'],
    ],
  },
};
