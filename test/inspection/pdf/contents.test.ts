import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildJp2 } from '../../support/images.ts';
import { type PagePdf, pagePdf, pictureEntries } from '../../support/page-pdf.ts';
import { codesOf, inspectBytes } from '../../support/pdf-facts.ts';

function pageOf(parts: PagePdf) {
  const facts = inspectBytes(pagePdf(parts));
  expect(facts.pages).toBe(1);
  const [page] = facts.details.pages;
  if (!page) throw new Error('the page is not described');
  return page;
}

const a4 = { width: 595.276, height: 841.89 };
const fullPage = `q ${a4.width} 0 0 ${a4.height} 0 0 cm /Scan Do Q`;
const g4 = '/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 >>';

function scan(entries = g4, content = fullPage, width = 2480, height = 3508): PagePdf {
  return {
    content,
    resources: '/XObject << /Scan 20 0 R >>',
    streams: { 20: [pictureEntries(width, height, entries), 'data'] },
  };
}

describe('the page of a scan', () => {
  test.each(['constructor', 'toString', '__proto__'])('takes no name for one of the language: /%s', (name) => {
    const entries = `/ColorSpace /${name} /BitsPerComponent 8 /Filter [/${name}]`;
    const [image] = pageOf(scan(entries)).images;
    expect(image).toMatchObject({ colourSpace: 'unknown', filters: [name] });
    const inline = pageOf({
      content: `q 100 0 0 100 0 0 cm BI /W 1 /H 1 /${name} 8 /CS /${name} /F /${name} ID x EI Q`,
    });
    expect(inline.images[0]).toMatchObject({ width: 1, colourSpace: 'unknown', filters: [name] });
  });

  test('is described with size, picture, resolution and colour', () => {
    expect(pageOf(scan())).toEqual({
      first: 1,
      last: 1,
      widthMm: 210,
      heightMm: 297,
      rotation: 0,
      sizeClass: 'A4',
      images: [
        {
          width: 2480,
          height: 3508,
          bits: 1,
          colour: 'bw',
          colourSpace: 'DeviceGray',
          filters: ['CCITTFaxDecode'],
          isStencil: false,
          isMasked: false,
          dpi: [300, 300],
        },
      ],
      imageCount: 1,
      layout: 'single',
      dpi: [300, 300],
      colour: 'bw',
      text: { visible: 0, invisible: 0 },
    });
  });

  test.each([
    ['scaled in two steps', 'q 0.5 0 0 0.5 0 0 cm 1190.552 0 0 1683.78 0 0 cm /Scan Do Q', [300, 300]],
    ['turned by 90 degrees', 'q 0 595.276 -841.89 0 841.89 0 cm /Scan Do Q', [300, 300]],
    ['turned by a slight angle', 'q 595.2 9 -13 841.8 0 0 cm /Scan Do Q', [300, 300]],
    ['mirrored', 'q -595.276 0 0 841.89 595.276 0 cm /Scan Do Q', [300, 300]],
    ['stretched', 'q 297.638 0 0 841.89 0 0 cm /Scan Do Q', [599.9, 300]],
    ['behind a state that was restored', 'q 9 0 0 9 0 0 cm Q 595.276 0 0 841.89 0 0 cm /Scan Do', [300, 300]],
    ['of no extent', 'q 0 0 0 0 0 0 cm /Scan Do Q', null],
  ])('%s has the resolution that its matrix gives it', (_name, content, dpi) => {
    const [picture] = pageOf(scan(g4, content)).images;
    if (dpi === null) expect(picture?.dpi).toBeNull();
    else for (const axis of [0, 1]) expect(Math.abs((picture?.dpi?.[axis] ?? 0) - (dpi[axis] ?? 0))).toBeLessThan(1);
  });

  test('whatever the matrix, the resolution is pixels by length', () => {
    const length = fc.double({ min: 50, max: 5000, noNaN: true });
    fc.assert(
      fc.property(length, length, fc.integer({ min: 1, max: 30_000 }), (across, down, width) => {
        const content = `${across.toFixed(4)} 0 0 ${down.toFixed(4)} 0 0 cm /Scan Do`;
        const dpi = pageOf(scan(g4, content, width, 1000)).dpi;
        expect(Math.abs((dpi?.[0] ?? 0) - (width / across) * 72)).toBeLessThanOrEqual(0.2);
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  test('in a larger unit has its size and resolution counted in it', () => {
    const page = pageOf({ ...scan(), page: '/UserUnit 2' });
    expect(page).toMatchObject({ widthMm: 420, heightMm: 594, sizeClass: 'A2', userUnit: 2, dpi: [150, 150] });
  });

  test('turned when shown keeps the resolution and swaps its sides', () => {
    expect(pageOf({ ...scan(), page: '/Rotate 90' })).toMatchObject({ widthMm: 297, heightMm: 210, rotation: 90 });
  });

  test('in a form in a form is found, with the matrices of both', () => {
    const form = (matrix: string, inner: string) =>
      `/Type /XObject /Subtype /Form /BBox [0 0 9999 9999] /Matrix [${matrix}] /Resources << /XObject << /X ${inner} 0 R >> >>`;
    const page = pageOf({
      content: '/Form Do',
      resources: '/XObject << /Form 21 0 R >>',
      streams: {
        20: [pictureEntries(2480, 3508, g4), ''],
        21: [form('2 0 0 2 0 0', '22'), 'q 1 0 0 1 10 10 cm /X Do Q'],
        22: [form('0.5 0 0 0.5 0 0', '20'), `q ${a4.width} 0 0 ${a4.height} 0 0 cm /X Do Q`],
      },
    });
    expect(page.dpi).toEqual([300, 300]);
  });

  test('in a form is found also where the form leaves its name to those around it', () => {
    const form = '/Type /XObject /Subtype /Form /BBox [0 0 9999 9999]';
    const facts = inspectBytes(
      pagePdf({
        content: '/Form Do',
        resources: '/XObject << /Form 21 0 R /Scan 20 0 R >>',
        streams: {
          20: [pictureEntries(2480, 3508, g4), ''],
          21: [`${form} /Resources << /XObject << /Inner 22 0 R /Own 20 0 R >> >>`, '/Inner Do'],
          22: [`${form} /Resources << /XObject << /Other 20 0 R >> >>`, `${fullPage} q 9 0 0 9 0 0 cm /Own Do Q`],
        },
      }),
    );
    expect(codesOf(facts)).toEqual([]);
    expect(facts.details.pages[0]).toMatchObject({ imageCount: 2 });
  });
});

describe('the colour of a page', () => {
  const icc = '/ColorSpace [/ICCBased 30 0 R] /BitsPerComponent 8 /Filter /DCTDecode';
  test.each([
    ['one bit of grey', g4, 'bw', 'DeviceGray'],
    ['eight bits of grey', '/ColorSpace /DeviceGray /BitsPerComponent 8', 'grey', 'DeviceGray'],
    ['RGB', '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', 'colour', 'DeviceRGB'],
    ['a profile of three components', icc, 'colour', 'ICCBased'],
    ['a grey palette', '/ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] /BitsPerComponent 8', 'grey', 'Indexed'],
    ['two grey shades', '/ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] /BitsPerComponent 1', 'bw', 'Indexed'],
    ['a palette', '/ColorSpace [/Indexed /DeviceRGB 1 <000000FF0000>] /BitsPerComponent 1', 'colour', 'Indexed'],
    ['a stencil in black', '/ImageMask true', 'bw', 'stencil'],
  ])('of a picture with %s', (_name, entries, colour, colourSpace) => {
    const parts = scan(entries);
    const page = pageOf({ ...parts, streams: { ...parts.streams, 30: ['/N 3', 'profile'] } });
    expect(page).toMatchObject({ colour, images: [{ colour, colourSpace }] });
  });

  test.each([
    ['grey', 17, 'grey'],
    ['colour', 16, 'colour'],
  ])('of a JPEG 2000 picture is what its own data say: %s', (_name, space, colour) => {
    const data = buildJp2('stated', { space });
    const entries = '/Type /XObject /Subtype /Image /Width 300 /Height 200 /Filter /JPXDecode';
    const page = pageOf({ ...scan(), streams: { 20: [entries, data] } });
    expect(page).toMatchObject({ colour, images: [{ colour, bits: 8 }] });
  });

  test.each([
    ['nothing', '', null],
    ['black lines', '0 0 m 9 9 l S', 'bw'],
    ['a grey area', '0.5 g 0 0 9 9 re f', 'grey'],
    ['a red area', '1 0 0 rg 0 0 9 9 re f', 'colour'],
    ['red that is set and never used', '1 0 0 rg 0 g 0 0 9 9 re f', 'bw'],
    ['a stencil in red', '1 0 0 rg q 9 0 0 9 0 0 cm BI /IM true /W 8 /H 1 ID \u0000 EI Q', 'colour'],
    ['grey of equal parts', '/DeviceRGB cs 0.3 0.3 0.3 sc 0 0 9 9 re f', 'grey'],
    ['process colours', '0 0 0 0.4 k 0 0 9 9 re f', 'grey'],
  ])('that shows %s', (_name, content, colour) => {
    expect(pageOf({ content }).colour).toBe(colour);
  });
});

describe('several pictures', () => {
  function pictures(content: string, kinds: readonly string[]): PagePdf {
    const names = kinds.map((_, index) => `/I${index} ${20 + index} 0 R`).join(' ');
    const streams = Object.fromEntries(kinds.map((kind, index) => [20 + index, [kind, ''] as const]));
    return { content, resources: `/XObject << ${names} >>`, streams };
  }
  const full = (name: string) => `q ${a4.width} 0 0 ${a4.height} 0 0 cm /${name} Do Q `;
  const colour = '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode';

  test('on each other, one of them a mask, are the layers of one scan; the finest gives its resolution', () => {
    const page = pageOf(
      pictures(full('I0') + full('I1'), [
        pictureEntries(827, 1169, colour),
        pictureEntries(2480, 3508, '/ImageMask true'),
      ]),
    );
    expect(page).toMatchObject({ layout: 'mrc', imageCount: 2, dpi: [300, 300], colour: 'colour' });
  });

  test.each([
    ['an explicit mask', '/Mask 21 0 R', '/ImageMask true'],
    ['a soft mask of one bit', '/SMask 21 0 R', '/ColorSpace /DeviceGray /BitsPerComponent 1'],
  ])('with %s that is finer than they are have its resolution', (_name, more, mask) => {
    const masked = [pictureEntries(413, 585, `${colour} ${more}`), pictureEntries(2480, 3508, mask)];
    const alone = pageOf(pictures(full('I0'), masked));
    expect(alone).toMatchObject({ layout: 'mrc', dpi: [300, 300], images: [{ dpi: [50, 50], isMasked: true }] });
    expect(alone.images[0]?.mask).toEqual({ width: 2480, height: 3508, bits: 1, filters: [], dpi: [300, 300] });
    const ground = pictureEntries(827, 1169, colour);
    expect(pageOf(pictures(full('I2') + full('I0'), [...masked, ground]))).toMatchObject({
      layout: 'mrc',
      imageCount: 2,
      dpi: [300, 300],
    });
  });

  test('keep their own resolution where what lies on them is a shade, not writing', () => {
    const shade = '/ColorSpace /DeviceGray /BitsPerComponent 8';
    const kinds = [pictureEntries(827, 1169, `${colour} /SMask 21 0 R`), pictureEntries(2480, 3508, shade)];
    expect(pageOf(pictures(full('I0'), kinds))).toMatchObject({ layout: 'single', dpi: [100, 100] });
  });

  test('of one pixel are colour on the page, and not what was scanned', () => {
    const fill = pictureEntries(1, 1, '/ColorSpace /DeviceRGB /BitsPerComponent 8');
    const page = pageOf(pictures(full('I0') + full('I1'), [fill, pictureEntries(2480, 3508, g4)]));
    expect(page).toMatchObject({ layout: 'single', imageCount: 2, dpi: [300, 300], images: [{ width: 2480 }, {}] });
  });

  test('side by side in one grid are parts of one scan', () => {
    const strip = (index: number) => `q ${a4.width} 0 0 420.945 0 ${index * 420.945} cm /I${index} Do Q `;
    const part = pictureEntries(2480, 1754, g4);
    expect(pageOf(pictures(strip(0) + strip(1), [part, part]))).toMatchObject({ layout: 'tiles', dpi: [300, 300] });
  });

  test('with space between them are several', () => {
    const content = 'q 100 0 0 100 0 0 cm /I0 Do Q q 100 0 0 100 300 500 cm /I1 Do Q';
    const page = pageOf(pictures(content, [pictureEntries(50, 50), pictureEntries(200, 200)]));
    expect(page).toMatchObject({ layout: 'several', imageCount: 2 });
  });

  test('in great number are counted, and the largest described', () => {
    const content = Array.from({ length: 300 }, (_, index) => `q 1 0 0 ${index + 1} 0 0 cm /I0 Do Q`).join(' ');
    const page = pageOf(pictures(content, [pictureEntries(10, 10)]));
    expect(page.imageCount).toBe(300);
    expect(page.images).toHaveLength(8);
  });
});

describe('the text of a page', () => {
  const font = (more: string) => `/Font << /F1 << /Type /Font /BaseFont /ABCDEF+Arial ${more} >> >>`;
  const simple = font('/Subtype /TrueType /FontDescriptor << /FontFile2 30 0 R >>');

  test.each([
    ['shown', 'BT /F1 9 Tf (Akte) Tj ET', { visible: 4, invisible: 0 }],
    ['invisible, as text recognition leaves it', 'BT 3 Tr /F1 9 Tf (Akte) Tj ET', { visible: 0, invisible: 4 }],
    ['both', 'BT /F1 9 Tf (A) Tj 3 Tr [(kt) -20 <65>] TJ ET', { visible: 1, invisible: 3 }],
    ['of the next line', 'BT /F1 9 Tf (ab) \' 1 2 (cde) " ET', { visible: 5, invisible: 0 }],
    ['visible again behind a restored state', 'q 3 Tr Q BT /F1 9 Tf (Akte) Tj ET', { visible: 4, invisible: 0 }],
  ])('%s is counted', (_name, content, text) => {
    expect(pageOf({ content, resources: simple }).text).toEqual(text);
  });

  test('in a composite font has two bytes a character', () => {
    const composite = font('/Subtype /Type0 /DescendantFonts [<< /FontDescriptor << /FontFile3 30 0 R >> >>]');
    const page = pageOf({ content: 'BT /F1 9 Tf <004100420043> Tj ET', resources: composite });
    expect(page.text.visible).toBe(3);
  });

  test.each([
    ['<00> <FF>', 6],
    ['<0000> <FFFF>', 3],
    ['no range', 3],
  ])('in a composite font has as many bytes a character as its character map says: %s', (range, characters) => {
    const descendants = '/DescendantFonts [<< /FontDescriptor << /FontFile3 30 0 R >> >>]';
    const page = pageOf({
      content: 'BT /F1 9 Tf <004100420043> Tj ET',
      resources: font(`/Subtype /Type0 /Encoding 21 0 R ${descendants}`),
      streams: { 21: ['/Type /CMap', `1 begincodespacerange\n${range}\nendcodespacerange`] },
    });
    expect(page.text.visible).toBe(characters);
  });

  test('in a font that is not embedded is told, but not where it is invisible', () => {
    const resources = font('/Subtype /TrueType');
    const shown = inspectBytes(pagePdf({ content: 'BT /F1 9 Tf (A) Tj ET', resources }));
    expect(codesOf(shown)).toEqual(['pdf.fonts-not-embedded']);
    expect(shown.details.document?.fonts).toEqual({ embedded: 0, notEmbedded: ['Arial'] });
    const hidden = inspectBytes(pagePdf({ content: 'BT 3 Tr /F1 9 Tf (A) Tj ET', resources }));
    expect(codesOf(hidden)).toEqual([]);
  });
});

describe('a content stream', () => {
  const text = 'BT 3 Tr (Akte) Tj ET ';
  test.each([
    ['Flate', '/Filter /FlateDecode', deflateSync(Buffer.from(text))],
    ['two filters', '/Filter [/ASCIIHexDecode /FlateDecode]', `${deflateSync(Buffer.from(text)).toString('hex')}>`],
    ['run lengths', '/Filter /RunLengthDecode', Buffer.from([text.length - 1, ...Buffer.from(text), 128])],
  ])('with %s is read', (_name, filter, content) => {
    expect(pageOf({ content, filter }).text.invisible).toBe(4);
  });

  test('in parts goes on where the one before ended', () => {
    const page = pageOf({
      ...scan(g4, `q ${a4.width} 0 0 ${a4.height} 0 0 cm`),
      page: '/Contents [11 0 R 21 0 R]',
      streams: { 20: [pictureEntries(2480, 3508, g4), ''], 21: ['', '/Scan Do Q'] },
    });
    expect(page.dpi).toEqual([300, 300]);
  });

  test.each([
    ['wrong tokens', '(unfinished', 'damaged'],
    ['data that do not decode', 'no flate', 'damaged'],
  ])('with %s is told and does not change the count', (_name, content, unread) => {
    const filter = content === 'no flate' ? '/Filter /FlateDecode' : '';
    const facts = inspectBytes(pagePdf({ content, filter }));
    expect(facts.pages).toBe(1);
    expect(codesOf(facts)).toEqual(['pdf.content-unreadable']);
    expect(facts.details.pages[0]?.unread).toBe(unread);
  });

  test('that grows beyond all limits is not read, and the page is counted', () => {
    const content = deflateSync(Buffer.alloc(40_000_000, ' '));
    const facts = inspectBytes(pagePdf({ content, filter: '/Filter /FlateDecode' }));
    expect(facts.pages).toBe(1);
    expect(codesOf(facts)).toEqual(['pdf.content-not-examined']);
  });

  test('with forms that call each other ever more often ends', () => {
    const twice = (next: number) => `/X${next} Do /X${next} Do /X${next} Do /X${next} Do`;
    const names = Array.from({ length: 15 }, (_, index) => `/X${20 + index} ${20 + index} 0 R`).join(' ');
    const streams = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [20 + index, ['/Subtype /Form', twice(21 + index)] as const]),
    );
    const facts = inspectBytes(pagePdf({ content: twice(20), resources: `/XObject << ${names} >>`, streams }));
    expect(facts.pages).toBe(1);
    expect(codesOf(facts)).toContain('pdf.content-not-examined');
  });

  test('that shows a form in itself ends', () => {
    const streams = { 20: ['/Subtype /Form /Resources << /XObject << /X 20 0 R >> >>', '/X Do'] } as const;
    expect(pageOf({ content: '/X Do', resources: '/XObject << /X 20 0 R >>', streams }).imageCount).toBe(0);
  });

  test('of any bytes never changes the count of the pages', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (content) => {
        expect(inspectBytes(pagePdf({ content: Buffer.from(content) })).pages).toBe(1);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  test('of any operators never changes it either', () => {
    const word = fc.constantFrom(
      ...[
        'q',
        'Q',
        'cm',
        'Do',
        'BT',
        'ET',
        'Tj',
        'TJ',
        'Tr',
        'Tf',
        'gs',
        'BI',
        'ID',
        'EI',
        'cs',
        'scn',
        'sh',
        'f',
        'S',
      ],
      ...['/Scan', '/F1', '1', '0.5', '-3', '(text)', '[', ']', '<<', '>>', '<41>', '%', '1e5', '/DeviceRGB', "'"],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        expect(inspectBytes(pagePdf({ ...scan(), content: words.join(' ') })).pages).toBe(1);
      }),
      { numRuns: 300, seed: 13 },
    );
  });

  test.each(['(', '<', 'BI /W 1 /H 1 ID '])(
    'goes on to the last byte behind a beginning without an end, and is not searched again: %s',
    (beginning) => {
      const page = pageOf(scan(g4, `${fullPage} ${beginning} ${fullPage} `));
      expect(page).toMatchObject({ imageCount: 1, unread: 'damaged' });
    },
  );

  test('that shows a picture which the file does not hold is an error', () => {
    expect(codesOf(inspectBytes(pagePdf({ ...scan(), content: '/Other Do' })))).toEqual(['pdf.picture-missing']);
  });
});

describe('inline pictures', () => {
  test.each([
    ['plain', 'BI /W 8 /H 2 /CS /G /BPC 8 ID 0123456789abcdef EI', { width: 8, height: 2, colour: 'grey' }],
    [
      'with letters like their end in their data',
      'BI /W 8 /H 2 /CS /RGB /BPC 8 ID \u0001 EI \u0002\u00ff EI',
      { colour: 'colour' },
    ],
    ['with a length', 'BI /W 8 /H 2 /CS /G /BPC 8 /L 16 ID 01234567 EI cdef EI', { bits: 8 }],
    [
      'with filters',
      'BI /W 8 /H 2 /IM true /F [/A85 /CCF] ID xx~> EI',
      { filters: ['ASCII85Decode', 'CCITTFaxDecode'] },
    ],
  ])('%s are found, and the content goes on behind them', (_name, image, picture) => {
    const page = pageOf({ content: Buffer.from(`q 72 0 0 72 0 0 cm ${image} Q 1 0 0 rg BT (x) Tj ET`, 'latin1') });
    expect(page.images).toMatchObject([picture]);
    expect(page.text.visible).toBe(1);
  });
});

describe('JBIG2 pictures', () => {
  /** A segment header of a number, type and length of data (T.88, 7.2), and the data. */
  function segment(type: number, data: Buffer, number = 0): Buffer {
    const header = Buffer.alloc(11);
    header.writeUInt32BE(number);
    header[4] = type;
    header[6] = 1;
    header.writeUInt32BE(data.length, 7);
    return Buffer.concat([header, data]);
  }
  const jbig2 = (data: Buffer, more = ''): PagePdf => ({
    ...scan(),
    streams: {
      20: [
        pictureEntries(2480, 3508, `/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode ${more}`),
        data,
      ],
    },
  });
  const page = segment(48, Buffer.alloc(19));
  const generic = segment(38, Buffer.alloc(5000), 1);
  const text = segment(6, Buffer.alloc(500), 2);
  const symbols = segment(0, Buffer.alloc(300), 3);

  test.each([
    ['generic regions', Buffer.concat([page, generic]), 'generic', []],
    ['symbols', Buffer.concat([page, symbols, text]), 'symbols', ['pdf.jbig2-symbols']],
    ['symbols behind a generic region', Buffer.concat([page, generic, text]), 'symbols', ['pdf.jbig2-symbols']],
    ['nothing that is known', Buffer.from('nonsense of any length'), 'unknown', []],
  ])('of %s are told by the headers of their segments', (_name, data, coding, codes) => {
    const facts = inspectBytes(pagePdf(jbig2(data)));
    expect(facts.details.pages[0]?.images[0]?.jbig2).toBe(coding);
    expect(codesOf(facts)).toEqual(codes);
  });

  test('with symbols in the mask of a picture are symbol coded', () => {
    const { streams = {}, ...parts } = jbig2(Buffer.concat([page, symbols, text]));
    const picture = pictureEntries(413, 585, '/ColorSpace /DeviceRGB /BitsPerComponent 8 /SMask 21 0 R');
    const masked = { ...parts, streams: { 20: [picture, ''] as const, 21: streams[20] ?? ['', ''] } };
    expect(codesOf(inspectBytes(pagePdf(masked)))).toEqual(['pdf.jbig2-symbols']);
  });

  test('with symbols in the globals are symbol coded', () => {
    const parts = jbig2(Buffer.concat([page, text]), '/DecodeParms << /JBIG2Globals 30 0 R >>');
    const facts = inspectBytes(pagePdf({ ...parts, streams: { ...parts.streams, 30: ['', symbols] } }));
    expect(codesOf(facts)).toEqual(['pdf.jbig2-symbols']);
  });
});

describe('what pages share', () => {
  test('is looked at again for each page only as far as the budget goes', () => {
    const annotation = '<< /Subtype /Link /A << /S /URI >> >>';
    const kids = Array.from({ length: 3000 }, () => '10 0 R').join(' ');
    const facts = inspectBytes(
      pagePdf({
        page: '/Annots 30 0 R',
        objects: { 2: `<< /Type /Pages /Count 3000 /Kids [${kids}] >>`, 30: `[${annotation.repeat(20_000)}]` },
      }),
    );
    expect(facts.pages).toBe(3000);
    expect(codesOf(facts)).toEqual(['pdf.page-repeated', 'pdf.content-not-examined']);
  });
});
