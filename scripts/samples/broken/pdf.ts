import { deflateSync } from 'node:zlib';
import { PdfWriter } from '../../../test/support/pdf-writer.ts';
import { samplePdf } from '../documents.ts';
import { catalog, mediaBox, objects, pageBody, pageTree, scanPdf } from '../scan-pdf.ts';
import { type Recipe, type Recipes, withContent } from './recipe.ts';

const trailer = `/Root ${objects.catalog} 0 R`;

/** The package with such a PDF as its second document; what is declared are the pages that can be counted. */
function pdf(content: Buffer, pages = 1, others: ReturnType<Recipe>['with'] = []): Recipe {
  return () => ({ ...withContent('scans/ORD-2019-001/0002.pdf', content, pages), with: others });
}

/** A scan with some of its objects replaced, its cross-reference sound. */
function replaced(bodies: Readonly<Record<number, string>>, pages = 1): Buffer {
  return scanPdf(pages, 2, bodies).finishTable(trailer).bytes();
}

/** Writes other bytes of the same length over the first occurrence. */
function overwritten(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from, 0, 'latin1');
  if (at < 0 || from.length !== to.length) throw new Error(`cannot write “${to}” over “${from}”`);
  const copy = Buffer.from(bytes);
  copy.write(to, at, 'latin1');
  return copy;
}

const sound = () => samplePdf(1, 2);
const [first, second] = [objects.page(0), objects.page(1)];

/** The structure in a compressed stream whose stated length is wrong. */
function wrongLength(): Buffer {
  const bodies = new Map([
    [1, catalog],
    [2, pageTree([first])],
    [first, `<< /Type /Page /Parent 2 0 R ${mediaBox} /Resources << >> >>`],
  ]);
  const bytes = new PdfWriter().objectStream(4, bodies).finishStream(5, trailer).bytes();
  const length = /\/FlateDecode \/Length (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
  return overwritten(bytes, `/Length ${length}`, `/Length ${'1'.repeat(length.length)}`);
}

/** A cross-reference stream that grows to 40 MB. */
function bomb(): Buffer {
  const writer = new PdfWriter();
  const offset = writer.length;
  const zeros = deflateSync(new Uint8Array(40_000_000), { level: 9 });
  writer.stream(5, `/Type /XRef /W [1 2 1] /Size 10000000 ${trailer} /Filter /FlateDecode`, zeros);
  return writer.raw(`startxref\n${offset}\n%%EOF\n`).bytes();
}

/** Objects in a stream that says to be encrypted by a handler that nobody has. */
function encryptedStructure(): Buffer {
  const bodies = new Map([[2, pageTree([first])]]);
  const encrypt = '/Encrypt << /Filter /Vendor.Secret /V 1 /R 2 >> /ID [<00> <00>]';
  return new PdfWriter().object(1, catalog).objectStream(4, bodies).finishStream(5, `${trailer} ${encrypt}`).bytes();
}

/** A linearised head that tells how long the file was before it was cut. */
function cutLinearised(): Buffer {
  const head = '/Linearized 1 /L 9000 /H [0 0] /O 3 /E 0 /N 1 /T 0';
  return new PdfWriter().object(50, `<< ${head} >>`).raw(sound().subarray(15, 900)).bytes();
}

/** Packages with a PDF that has one thing wrong. */
export const pdfRecipes: Recipes = {
  'pdf.garbage-before-header': pdf(Buffer.concat([Buffer.from('\r\nReceived: mail\r\n'), sound()])),
  'pdf.version-unknown': pdf(overwritten(sound(), '%PDF-1.7', '%PDF-x.y')),
  'pdf.truncated': pdf(cutLinearised(), 1, ['pdf.recovered']),
  'pdf.end-mark-missing': pdf(sound().subarray(0, -6)),
  'pdf.garbage-at-end': pdf(Buffer.concat([sound(), Buffer.from('<html>')])),
  'pdf.foreign-data-at-end': pdf(Buffer.concat([sound(), Buffer.alloc(5000, 'x')])),
  'pdf.recovered': pdf(overwritten(sound(), '\nxref', '\nxxxx')),
  'pdf.unreadable': pdf(sound().subarray(0, 100)),
  'pdf.too-complex': pdf(bomb()),
  'pdf.encrypted': pdf(
    scanPdf(1, 2).finishTable(`${trailer} /Encrypt << /Filter /Vendor.Secret /V 5 /Length 256 >>`).bytes(),
  ),
  'pdf.pages-encrypted': pdf(encryptedStructure(), 1, ['pdf.encrypted']),
  'pdf.no-pages': pdf(replaced({ [objects.pages]: pageTree([]) }, 0), 0),
  'pdf.count-differs': pdf(replaced({ [objects.pages]: pageTree([first], 2) })),
  'pdf.page-missing': pdf(replaced({ [objects.pages]: pageTree([first, 77], 1) }), 1, ['pdf.counted-by-pdfium']),
  'pdf.page-invalid': pdf(replaced({ [objects.pages]: `<< /Type /Pages /Count 1 /Kids [${first} 0 R 77] >>` }), 1, [
    'pdf.counted-by-pdfium',
  ]),
  'pdf.page-tree-loop': pdf(replaced({ [objects.pages]: pageTree([first, objects.pages], 1) }), 1, [
    'pdf.counted-by-pdfium',
  ]),
  'pdf.counted-by-pdfium': pdf(replaced({ [objects.pages]: pageTree([first, 78], 1) }), 1, ['pdf.page-missing']),
  'pdf.unopenable-by-pdfium': pdf(overwritten(sound(), '\ntrailer', '\nxxxxxxx'), 1, ['pdf.recovered']),
  'pdf.page-repeated': pdf(replaced({ [objects.pages]: pageTree([first, second, first]) }, 2), 3),
  'pdf.page-type-wrong': pdf(replaced({ [first]: pageBody(0).replace('/Type /Page ', '') })),
  'pdf.page-parent-wrong': pdf(replaced({ [first]: pageBody(0, mediaBox, 77) })),
  'pdf.page-size-missing': pdf(replaced({ [first]: pageBody(0, '') })),
  'pdf.stream-length-wrong': pdf(wrongLength()),
  'pdf.catalog-unreadable': pdf(
    replaced({ [objects.catalog]: catalog.replace('>>', '/Names 77 0 R >>'), 77: '<< /JavaScript' }),
  ),
  'pdf.active-content': pdf(
    replaced({
      [objects.catalog]: catalog.replace('>>', '/OpenAction 77 0 R >>'),
      77: '<< /S /JavaScript /JS (app.alert\\(1\\)) >>',
    }),
  ),
  'pdf.attachments': pdf(
    replaced({
      [objects.catalog]: catalog.replace('>>', '/Names << /EmbeddedFiles 77 0 R >> >>'),
      77: '<< /Names [(beilage.txt) 78 0 R] >>',
      78: '<< /Type /Filespec /F (beilage.txt) /UF (beilage.txt) >>',
    }),
  ),
};
