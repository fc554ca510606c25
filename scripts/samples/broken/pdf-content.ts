import { deflateSync } from 'node:zlib';
import { catalog, mediaBox, objects, pageBody, scanPdf } from '../scan-pdf.ts';
import { type Recipe, type Recipes, withContent } from './recipe.ts';

const trailer = `/Root ${objects.catalog} 0 R`;
const page = objects.page(0);
/** A number that the scan does not use. */
const extra = 77;

/** The package with such a PDF of one page as its second document. */
function pdf(content: Buffer, others: ReturnType<Recipe>['with'] = []): Recipe {
  return () => ({ ...withContent('scans/ORD-2019-001/0002.pdf', content, 1), with: others });
}

/** A scan with some of its objects replaced, and one stream more. */
function scan(
  bodies: Readonly<Record<number, string>>,
  stream?: { readonly dictionary: string; readonly data: Buffer },
): Buffer {
  const writer = scanPdf(1, 2, bodies);
  if (stream) writer.stream(extra, stream.dictionary, stream.data);
  return writer.finishTable(trailer).bytes();
}

/** The scan with other operators in its content, as long as the sound ones. */
function painted(from: string, to: string): Buffer {
  const text = scan({}).toString('latin1');
  if (!text.includes(from) || from.length !== to.length) throw new Error(`cannot write “${to}” over “${from}”`);
  return Buffer.from(text.replace(from, to), 'latin1');
}

function withCatalog(entries: string): Record<number, string> {
  return { [objects.catalog]: catalog.replace('>>', `${entries} >>`) };
}

/** A page whose content and pictures are those of the extra stream. */
function shown(resources: string, contents: number): Record<number, string> {
  return {
    [page]: `<< /Type /Page /Parent 2 0 R ${mediaBox} /Contents ${contents} 0 R /Resources << ${resources} >> >>`,
  };
}

const xmp =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">' +
  '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>' +
  '</rdf:Description></rdf:RDF></x:xmpmeta>';

/** A JBIG2 segment of type 0, a symbol dictionary, without data. */
const symbolDictionary = Buffer.from([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
const jbig2 = '/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray';

/** Packages with a PDF in whose pages or metadata one thing is wrong. */
export const pdfContentRecipes: Recipes = {
  'pdf.content-unreadable': pdf(painted('/Scan Do Q', '/Scan Do )')),
  'pdf.content-not-examined': pdf(
    scan(shown('', extra), {
      dictionary: '/Filter /FlateDecode',
      data: deflateSync(Buffer.alloc(40_000_000, ' '), { level: 9 }),
    }),
  ),
  'pdf.picture-missing': pdf(painted('/Scan Do Q', '/Scam Do Q')),
  'pdf.jbig2-symbols': pdf(
    scan(shown(`/XObject << /Scan ${extra} 0 R >>`, objects.content(0)), {
      dictionary: `${jbig2} /Filter /JBIG2Decode`,
      data: symbolDictionary,
    }),
  ),
  'pdf.actions-on-pages': pdf(
    scan({
      [page]: pageBody(0).replace(
        '/Contents',
        '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (x) >> >>] /Contents',
      ),
    }),
  ),
  'pdf.metadata-unreadable': pdf(
    scan(withCatalog(`/Metadata ${extra} 0 R`), {
      dictionary: '/Type /Metadata /Subtype /XML /Filter /FlateDecode',
      data: Buffer.from(xmp),
    }),
  ),
  'pdf.fonts-not-embedded': pdf(
    scan(shown('/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>', extra), {
      dictionary: '',
      data: Buffer.from('BT /F1 12 Tf 72 720 Td (Aktenzeichen 32.1-4711) Tj ET'),
    }),
  ),
  'pdf.pdfa-contradicted': pdf(
    scan(withCatalog(`/Metadata ${extra} 0 R`), {
      dictionary: '/Type /Metadata /Subtype /XML',
      data: Buffer.from(xmp),
    }),
  ),
  'pdf.signature-partial': pdf(
    scan({
      ...withCatalog(`/AcroForm << /SigFlags 3 /Fields [${extra} 0 R] >>`),
      [extra]: '<< /FT /Sig /T (Signatur) /V 78 0 R >>',
      78: '<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 30] /Contents <00> >>',
    }),
  ),
};
