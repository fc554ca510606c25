import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeDate, decodeText } from '../../../src/inspection/pdf/text-string.ts';
import { type PagePdf, pagePdf, pictureEntries } from '../../support/page-pdf.ts';
import { codesOf, inspectBytes } from '../../support/pdf-facts.ts';
import { asksForPassword, opensWithoutPassword } from './encrypted-samples.ts';

const pdfaid = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"';

function xmpOf(inner: string, attributes = pdfaid): string {
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" ${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  );
}

function withXmp(xmp: string | Uint8Array, more: PagePdf = {}): PagePdf {
  return {
    ...more,
    catalog: `/Metadata 40 0 R ${more.catalog ?? ''}`,
    streams: { ...more.streams, 40: ['/Type /Metadata /Subtype /XML', xmp] },
  };
}

function documentOf(parts: PagePdf) {
  return inspectBytes(pagePdf(parts)).details.document;
}

describe('the information dictionary', () => {
  test('is told, in whatever encoding its texts are', () => {
    const info =
      "/Title <FEFF00C400740065> /Author (Amt f\\374r Ordnung) /Producer (scanner) /CreationDate (D:20210501103000+02'00')";
    const document = documentOf({ trailer: '/Info 30 0 R', objects: { 30: `<< ${info} >>` } });
    expect(document?.info).toEqual({
      title: 'Äte',
      author: 'Amt für Ordnung',
      producer: 'scanner',
      created: '2021-05-01T10:30:00+02:00',
    });
  });

  test('that is no dictionary, or missing, tells nothing', () => {
    expect(documentOf({ trailer: '/Info 77 0 R' })?.info).toEqual({});
    expect(documentOf({ trailer: '/Info (text)' })?.info).toEqual({});
  });

  test.each([
    ["D:20210501103000+02'00'", '2021-05-01T10:30:00+02:00'],
    ['D:20210501103000Z', '2021-05-01T10:30:00Z'],
    ['D:2021', '2021-01-01T00:00:00'],
    ['20210501', '2021-05-01T00:00:00'],
    ['D:20211301', undefined],
    ['1. Mai 2021', undefined],
  ])('has the date %s as %s', (written, iso) => {
    expect(decodeDate(Buffer.from(written))).toBe(iso);
  });

  test.each([
    [Buffer.from([0x80, 0x93, 0xa0, 0xe4]), '•ﬁ€ä'],
    [Buffer.from([0xef, 0xbb, 0xbf, 0xc3, 0xa4]), 'ä'],
    [Buffer.from([0xfe, 0xff, 0, 0xe4, 0]), 'ä'],
  ])('has the text %j as %s', (bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});

describe('XMP metadata', () => {
  const claim = { part: 2, conformance: 'B' };
  const elements = '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>';
  test.each([
    ['elements', xmpOf(elements)],
    ['attributes', xmpOf('', `${pdfaid} pdfaid:part="2" pdfaid:conformance='B'`)],
    [
      'another prefix',
      xmpOf('<a:part>2</a:part><a:conformance>B</a:conformance>', 'xmlns:a="http://www.aiim.org/pdfa/ns/id/"'),
    ],
    ['UTF-16', Buffer.from(`\ufeff${xmpOf(elements)}`, 'utf16le')],
  ])('claim PDF/A by %s', (_name, xmp) => {
    expect(documentOf(withXmp(xmp))?.pdfa).toEqual(claim);
  });

  test('that name the conformance of PDF/A and of nothing else claim it', () => {
    expect(documentOf(withXmp(xmpOf('', '')))?.pdfa).toBeNull();
    expect(documentOf(withXmp(xmpOf('<pdfaid:part>two</pdfaid:part>')))?.pdfa).toBeNull();
    expect(documentOf({})?.pdfa).toBeNull();
  });

  test('have title, author, programs and dates', () => {
    const inner =
      '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Akte &amp; B&#xE4;nde</rdf:li></rdf:Alt></dc:title>' +
      '<dc:creator><rdf:Seq><rdf:li>Amt</rdf:li></rdf:Seq></dc:creator><pdf:Producer>scanner</pdf:Producer>' +
      '<xmp:CreateDate>2021-05-01T10:30:00+02:00</xmp:CreateDate>';
    expect(documentOf(withXmp(xmpOf(inner)))?.xmp).toEqual({
      title: 'Akte & Bände',
      author: 'Amt',
      producer: 'scanner',
      created: '2021-05-01T10:30:00+02:00',
    });
  });
});

describe('a claim to be PDF/A', () => {
  const claims = (part: number, conformance: string) =>
    xmpOf(`<pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>${conformance}</pdfaid:conformance>`);
  const embedded = '/FontDescriptor << /FontFile2 31 0 R >>';
  const text = (more: string): PagePdf => ({
    content: 'BT /F1 9 Tf (A) Tj ET',
    resources: `/Font << /F1 << /Type /Font /Subtype /TrueType /BaseFont /Arial ${more} >> >>`,
  });
  const intent = '/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile 32 0 R >>]';
  const picture = (entries: string): PagePdf => ({
    content: '/Im Do',
    resources: '/XObject << /Im 20 0 R >>',
    streams: { 20: [pictureEntries(8, 8, entries), ''], 21: ['/Type /XObject', ''] },
  });
  const rgb = '/ColorSpace /DeviceRGB /BitsPerComponent 8';
  const script = '/OpenAction << /S /JavaScript /JS (1) >>';

  function contradictions(part: number, conformance: string, parts: PagePdf): readonly string[] {
    const facts = inspectBytes(pagePdf(withXmp(claims(part, conformance), parts)));
    return facts.observations.flatMap(({ code, args }) =>
      code === 'pdf.pdfa-contradicted' ? (args as { contradictions: readonly string[] }).contradictions : [],
    );
  }

  test.each<[string, number, string, PagePdf, readonly string[]]>([
    ['is not doubted without cause', 2, 'B', { ...text(embedded), ...{ catalog: intent } }, []],
    [
      'with an encryption',
      2,
      'B',
      { trailer: '/Encrypt << /Filter /Standard /V 4 /R 4 >> /ID [<00> <00>]' },
      ['encryption'],
    ],
    ['with a script', 2, 'B', { catalog: script }, ['actions']],
    ['with a harmless action', 2, 'B', { catalog: '/OpenAction << /S /GoTo /D [10 0 R /Fit] >>' }, []],
    ['with fonts that are not embedded', 1, 'B', text(''), ['fonts']],
    ['with such fonts for invisible text', 1, 'B', { ...text(''), content: 'BT 3 Tr /F1 9 Tf (A) Tj ET' }, []],
    ['with device colours and no output intent', 2, 'U', picture(rgb), ['output-intent']],
    ['with device colours and an output intent', 2, 'U', { ...picture(rgb), catalog: intent }, []],
    [
      'with device colours that are replaced',
      3,
      'B',
      { ...picture(rgb), resources: '/XObject << /Im 20 0 R >> /ColorSpace << /DefaultRGB [/ICCBased 32 0 R] >>' },
      [],
    ],
    ['with LZW', 2, 'B', { filter: '/Filter /LZWDecode', content: Buffer.from('800b6050220c0c8501', 'hex') }, ['lzw']],
    ['of part 1 with transparency', 1, 'B', { ...picture(`${rgb} /SMask 21 0 R`), catalog: intent }, ['transparency']],
    ['of part 2 with transparency', 2, 'B', { ...picture(`${rgb} /SMask 21 0 R`), catalog: intent }, []],
    [
      'of part 1 with opacity',
      1,
      'B',
      { content: '/G gs', resources: '/ExtGState << /G << /ca 0.5 >> >>' },
      ['transparency'],
    ],
    [
      'of part 1 with full opacity',
      1,
      'B',
      { content: '/G gs', resources: '/ExtGState << /G << /ca 1.0 /SMask /None /BM /Normal >> >>' },
      [],
    ],
    ['of part 1 with JPEG 2000', 1, 'B', picture('/Filter /JPXDecode'), ['jpeg2000']],
    [
      'of part 1 with attachments',
      1,
      'B',
      { catalog: '/Names << /EmbeddedFiles << /Names [(a) 33 0 R] >> >>' },
      ['attachments'],
    ],
    ['of part 3 with attachments', 3, 'B', { catalog: '/Names << /EmbeddedFiles << /Names [(a) 33 0 R] >> >>' }, []],
    ['of level A without tags', 1, 'A', {}, ['tags']],
    ['of level A with tags', 2, 'A', { catalog: '/MarkInfo << /Marked true >> /StructTreeRoot 34 0 R' }, []],
    ['with an XFA form', 2, 'B', { catalog: '/AcroForm << /XFA 35 0 R /Fields [] >>' }, ['xfa']],
  ])('%s', (_name, part, conformance, parts, expected) => {
    expect(contradictions(part, conformance, parts)).toEqual(expected);
  });

  test('is not made by a document that does not make it, whatever it holds', () => {
    expect(codesOf(inspectBytes(pagePdf({ ...picture(rgb), catalog: script })))).toEqual(['pdf.active-content']);
  });
});

describe('signatures', () => {
  /** A field with a signature up to a byte of the file, as numbers of ten digits. */
  function signed(range: (size: number) => readonly number[]): Buffer {
    const numbers = (values: readonly number[]) => values.map((value) => String(value).padStart(10, '0')).join(' ');
    const build = (values: readonly number[]) =>
      pagePdf({
        catalog: '/AcroForm << /SigFlags 3 /Fields [30 0 R] >>',
        objects: {
          30: '<< /FT /Sig /T (S) /V 31 0 R >>',
          31: `<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [${numbers(values)}] /Contents <00> >>`,
        },
      });
    return build(range(build([0, 0, 0, 0]).length));
  }

  test('up to the end of the file are told and complained about by nobody', () => {
    const facts = inspectBytes(signed((size) => [0, 100, 200, size - 200]));
    expect(facts.details.document?.signatures).toMatchObject([{ type: 'ETSI.CAdES.detached', coversWholeFile: true }]);
    expect(codesOf(facts)).toEqual([]);
  });

  test.each<[string, (size: number) => readonly number[]]>([
    ['that end before the file does', (size) => [0, 100, 200, size - 250]],
    ['that leave out its beginning', (size) => [10, 100, 200, size - 200]],
    ['that do not say what they cover', () => [0, 100]],
  ])('%s do not cover the whole file', (_name, range) => {
    expect(codesOf(inspectBytes(signed(range)))).toEqual(['pdf.signature-partial']);
  });

  test('in a form whose fields refer to each other in a circle are found once', () => {
    const facts = inspectBytes(
      pagePdf({
        catalog: '/AcroForm << /Fields [30 0 R 31 0 R] >>',
        objects: {
          30: '<< /T (a) /Kids [31 0 R 30 0 R] >>',
          31: '<< /T (b) /FT /Tx /Kids [30 0 R] >>',
        },
      }),
    );
    expect(facts.details.document?.form?.fields).toBe(0);
  });
});

describe('actions and files of annotations', () => {
  const annotation = (entries: string) => `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] ${entries} >>]`;
  test.each([
    ['a link to the web', '/A << /S /URI /URI (https://example.org) >>', []],
    ['a program', '/A << /S /Launch /F (x.exe) >>', ['pdf.actions-on-pages']],
    [
      'a script behind a harmless action',
      '/A << /S /GoTo /Next << /S /JavaScript /JS (1) >> >>',
      ['pdf.actions-on-pages'],
    ],
    ['a script on an event', '/AA << /E << /S /JavaScript /JS (1) >> >>', ['pdf.actions-on-pages']],
    ['a file', '/FS << /Type /Filespec /EF << /F 40 0 R >> >>', ['pdf.attachments']],
  ])('%s', (_name, entries, codes) => {
    expect(codesOf(inspectBytes(pagePdf({ page: annotation(entries) })))).toEqual(codes);
  });
});

describe('an encrypted document', () => {
  test.each([
    ['RC4, 40 bits (revision 2)', { method: 'rc4', keyBits: 40, revision: 2 }],
    ['RC4, 128 bits (revision 3)', { method: 'rc4', keyBits: 128, revision: 3 }],
    ['AES, 128 bits (revision 4)', { method: 'aes-128', keyBits: 128, revision: 4 }],
    ['AES, 256 bits (revision 5)', { method: 'aes-256', keyBits: 256, revision: 5 }],
    ['AES, 256 bits (revision 6)', { method: 'aes-256', keyBits: 256, revision: 6 }],
  ])('by %s that opens without a password is read on', (name, encryption) => {
    const base64 = opensWithoutPassword.find(([method]) => method === name)?.[1] ?? '';
    const facts = inspectBytes(Buffer.from(base64, 'base64'));
    expect(facts.pages).toBe(3);
    expect(facts.details.encryption).toMatchObject({ ...encryption, handler: 'Standard', opensWithoutPassword: true });
    expect(facts.details.pages.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(3);
  });

  test('that asks for a password tells its method', () => {
    const [, base64] = asksForPassword[0] ?? [];
    const { encryption } = inspectBytes(Buffer.from(base64 ?? '', 'base64')).details;
    expect(encryption).toMatchObject({ method: 'rc4', keyBits: 128, opensWithoutPassword: false });
  });

  test('has its texts and contents decrypted, each with the key of its own object', () => {
    const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
    const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
    const owner = Buffer.alloc(32, 7);
    const id = Buffer.from('0011', 'hex');
    const permissions = Buffer.from('fcffffff', 'hex');
    let key = md5(padding, owner, permissions, id);
    for (let round = 0; round < 50; round += 1) key = md5(key);
    const aes = (data: string, number: number) => {
      const own = md5(key, Buffer.from([number, 0, 0, 0, 0]), Buffer.from('sAlT'));
      const vector = Buffer.alloc(16, 9);
      const cipher = createCipheriv('aes-128-cbc', own, vector);
      return Buffer.concat([vector, cipher.update(data), cipher.final()]);
    };
    // The check value of an empty user password (algorithm 5), by RC4 with twenty keys.
    let user: Buffer = md5(padding, id);
    for (let round = 0; round < 20; round += 1)
      user = rc4(
        key.map((byte) => byte ^ round),
        user,
      );
    const hex = (bytes: Uint8Array) => `<${Buffer.from(bytes).toString('hex')}>`;
    const encrypt =
      `/Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -4 /O ${hex(owner)} /U ${hex(Buffer.concat([user, Buffer.alloc(16)]))}` +
      ` /CF << /StdCF << /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF >> /ID [${hex(id)} ${hex(id)}]`;
    const facts = inspectBytes(
      pagePdf({
        content: aes('BT 3 Tr (Akte) Tj ET', 11),
        trailer: `/Info 30 0 R ${encrypt}`,
        objects: { 30: `<< /Title ${hex(aes('Geheim', 30))} >>` },
      }),
    );
    expect(facts.details.encryption?.opensWithoutPassword).toBe(true);
    expect(facts.details.pages[0]?.text.invisible).toBe(4);
    expect(facts.details.document?.info.title).toBe('Geheim');
  });
});

/** RC4 as in any textbook, written apart from the product's. */
function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const box = Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => ([box[one], box[other]] = [box[other] ?? 0, box[one] ?? 0]);
  for (let at = 0, to = 0; at < 256; at += 1) {
    to = (to + (box[at] ?? 0) + (key[at % key.length] ?? 0)) % 256;
    swap(at, to);
  }
  let [at, to] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      at = (at + 1) % 256;
      to = (to + (box[at] ?? 0)) % 256;
      swap(at, to);
      return byte ^ (box[((box[at] ?? 0) + (box[to] ?? 0)) % 256] ?? 0);
    }),
  );
}
