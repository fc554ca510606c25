import { describe, expect, it } from 'vitest';
import { embedNote } from '../../../src/dms/transfer-note/pdf/embed-note.ts';
import { memorySource } from '../../../src/inspection/byte-source.ts';
import { inspectPdf } from '../../../src/inspection/pdf/inspect-pdf.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { type PagePdf, pagePdf } from '../../support/page-pdf.ts';

const namespaces = `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"`;
const xmpOf = (inner: string, attributes = '') =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${namespaces}>` +
  `<rdf:Description rdf:about="" ${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta>\n   \n<?xpacket end="w"?>`;
const claim = (part: string, conformance = 'B') =>
  `<pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>${conformance}</pdfaid:conformance>`;

function scanWith(xmp: string | Uint8Array, more: PagePdf = {}): Buffer {
  const streams = { ...more.streams, 30: ['/Type /Metadata /Subtype /XML', xmp] as const };
  return pagePdf({ ...more, streams, catalog: `/Metadata 30 0 R ${more.catalog ?? ''}` });
}

const day = '2021-02-01' as CalendarDate;
const note = { fileName: 'Transfervermerk.xml', description: 'Vermerk', xml: Buffer.from('<a/>'), day };

/** What the noted copy claims, and its update; or what stands in its way. */
function judge(scan: Buffer) {
  const embedded = embedNote(memorySource(scan), note);
  if ('obstacle' in embedded) return { obstacle: embedded.obstacle };
  const { details, observations } = inspectPdf(memorySource(Buffer.concat([scan, embedded.update])));
  expect(observations.filter(({ code }) => code === 'pdf.pdfa-contradicted')).toEqual([]);
  return { pdfa: details.document?.pdfa, update: embedded.update.toString('utf8') };
}

describe('the claim of a PDF/A that gets a note', () => {
  it.each([
    ['1', 'A'],
    ['1', 'B'],
    ['2', 'A'],
    ['2', 'B'],
    ['2', 'U'],
  ])('becomes PDF/A-3 of the same level: PDF/A-%s%s', (part, conformance) => {
    const tags = conformance === 'A' ? '/StructTreeRoot 20 0 R /MarkInfo << /Marked true >>' : '';
    const scan = scanWith(xmpOf(claim(part, conformance)), {
      catalog: tags,
      objects: { 20: '<< /Type /StructTreeRoot >>' },
    });
    expect(judge(scan).pdfa).toEqual({ part: 3, conformance });
  });

  it('changes by one character of the metadata, however it is written', () => {
    const forms = [
      xmpOf(claim('2')),
      xmpOf('', 'pdfaid:part="2" pdfaid:conformance="B"'),
      xmpOf('', `pdfaid:conformance = 'B'\n pdfaid:part = '2'`),
      xmpOf('<pdfaid:part> 2 </pdfaid:part>', 'pdfaid:conformance="B"'),
      xmpOf(claim('2')).replaceAll('pdfaid', 'my.id'),
    ];
    for (const xmp of forms) {
      const { pdfa, update } = judge(scanWith(xmp));
      expect(pdfa).toEqual({ part: 3, conformance: 'B' });
      const raised = update?.slice(
        update.indexOf('<?xpacket'),
        update.indexOf('\nendstream', update.indexOf('<?xpacket')),
      );
      expect([...(raised ?? '')].filter((character, at) => character !== [...xmp][at])).toEqual(['3']);
    }
  });

  it('stays where it is one of part 3, and is not made up where there is none', () => {
    const third = judge(scanWith(xmpOf(`${claim('3', 'U')}<pdfaid:amd>2013</pdfaid:amd>`)));
    expect(third.pdfa).toEqual({ part: 3, conformance: 'U' });
    expect(third.update).not.toContain('<?xpacket');
    expect(judge(scanWith(xmpOf(''))).pdfa).toBeNull();
    expect(judge(scanWith('no XML at all')).pdfa).toBeNull();
    expect(judge(scanWith(Buffer.from(`\ufeff${xmpOf('')}`, 'utf16le'))).pdfa).toBeNull();
    expect(judge(pagePdf({})).pdfa).toBeNull();
  });

  it('is left alone, and the note beside the PDF, where it is not certain that part 3 would hold', () => {
    const second = xmpOf(claim('2'));
    const attached = { 20: '<< /Names [(a) 21 0 R] >>', 21: '<< /Type /Filespec /F (a) /EF << /F 22 0 R >> >>' };
    const scans: readonly (readonly [string, Buffer])[] = [
      ['pdfa-part', scanWith(xmpOf('<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>'))],
      ['pdfa-not-raised', scanWith(xmpOf('<pdfaid:part>2</pdfaid:part>'))],
      ['pdfa-not-raised', scanWith(xmpOf(`${claim('1')}<pdfaid:amd>2005</pdfaid:amd>`))],
      ['pdfa-not-raised', scanWith(xmpOf(claim('1') + claim('2')))],
      ['pdfa-not-raised', scanWith(xmpOf(`<!-- <pdfaid:part>2</pdfaid:part> -->${claim('2')}`))],
      ['pdfa-not-raised', scanWith(second.replace('</rdf:RDF>', ''))],
      ['pdfa-not-raised', scanWith(`<!DOCTYPE x [<!ENTITY e "2">]>${second}`)],
      ['pdfa-not-raised', scanWith(Buffer.from(`\ufeff${second}`, 'utf16le'))],
      [
        'pdfa-not-raised',
        scanWith(xmpOf('<pdfaid:part><b>2</b></pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')),
      ],
      ['pdfa-contradicted', scanWith(second, { content: '1 0 0 rg 0 0 9 9 re f' })],
      [
        'pdfa-not-raised',
        scanWith(second, {
          ...{ catalog: '/Names << /EmbeddedFiles 20 0 R >>', objects: attached },
          streams: { 22: ['/Type /EmbeddedFile', 'a'] },
        }),
      ],
    ];
    for (const [obstacle, scan] of scans) expect(judge(scan).obstacle).toBe(obstacle);
  });

  it('is left alone where a PDF/A-1 does what later parts do not allow', () => {
    const first = xmpOf(claim('1'));
    const form = '/Type /XObject /Subtype /Form /BBox [0 0 1 1]';
    const link = '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>]';
    expect(judge(scanWith(first, { page: link })).pdfa?.part).toBe(3);
    expect(judge(scanWith(first, { page: link.replace('Link', 'Text') })).obstacle).toBe('pdfa-not-raised');
    const showing = { resources: '/XObject << /F 20 0 R >>', content: '/F Do' };
    const lacking = scanWith(first, { ...showing, streams: { 20: [form, ''] } });
    const having = scanWith(first, {
      ...showing,
      streams: { 20: [`${form} /Resources << /XObject << /F 20 0 R >> >>`, ''] },
    });
    expect(judge(lacking).obstacle).toBe('pdfa-not-raised');
    expect(judge(having).pdfa?.part).toBe(3);
    const inherited = Buffer.from(
      scanWith(first).toString('latin1').replace('/Resources <<  >>', '/Resource_ <<  >>'),
      'latin1',
    );
    expect(judge(inherited).obstacle).toBe('pdfa-not-raised');
  });
});
