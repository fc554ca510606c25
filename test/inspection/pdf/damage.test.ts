import { describe, expect, test } from 'vitest';
import { codesOf, inspectBytes } from '../../support/pdf-facts.ts';
import { PdfWriter } from '../../support/pdf-writer.ts';
import {
  a4,
  catalogBody,
  compressedPdf,
  flatTree,
  hybridPdf,
  linearisedPdf,
  nodeBody,
  pageBody,
  streamPdf,
  tablePdf,
  updatedPdf,
} from '../../support/sample-pdfs.ts';

/** Replaces the first occurrence, or the last; the new text must be as long, so that no offset moves. */
function patch(bytes: Buffer, from: string, to: string, which: 'first' | 'last' = 'first'): Buffer {
  if (from.length !== to.length) throw new Error('a patch must keep the length');
  const at = which === 'first' ? bytes.indexOf(from, 0, 'latin1') : bytes.lastIndexOf(from, undefined, 'latin1');
  if (at < 0) throw new Error(`not found: ${from}`);
  const patched = Buffer.from(bytes);
  patched.write(to, at, 'latin1');
  return patched;
}

/** A document of these objects, with a sound table; 1 is the catalog. */
function documentOf(bodies: Readonly<Record<number, string>>): Buffer {
  const writer = new PdfWriter();
  for (const [number, body] of Object.entries({ 1: catalogBody, ...bodies })) writer.object(Number(number), body);
  return writer.finishTable('/Root 1 0 R').bytes();
}

describe('the ends of the file', () => {
  test('bytes before the header are a warning, whether offsets count them or not', () => {
    const shifted = Buffer.concat([Buffer.from('\r\nmail header\r\n'), tablePdf(3)]);
    expect(inspectBytes(shifted).observations).toEqual([{ code: 'pdf.garbage-before-header', args: { bytes: 15 } }]);
    expect(inspectBytes(shifted).pages).toBe(3);
    const writer = new PdfWriter('junk\n%PDF-1.4\n');
    for (const [number, body] of flatTree(2)) writer.object(number, body);
    const counted = inspectBytes(writer.finishTable('/Root 1 0 R').bytes());
    expect([counted.pages, codesOf(counted)]).toEqual([2, ['pdf.garbage-before-header']]);
  });

  test('a missing header or version is told, and the pages are counted all the same', () => {
    expect(codesOf(inspectBytes(patch(tablePdf(2), '%PDF', '%PDQ')))).toEqual(['pdf.header-missing']);
    const strange = inspectBytes(patch(tablePdf(2), '%PDF-1.7', '%PDF-x.7'));
    expect([strange.pages, strange.details.version, codesOf(strange)]).toEqual([2, null, ['pdf.version-unknown']]);
  });

  test('few foreign bytes behind the end are a warning, many an error, line ends nothing', () => {
    const behind = (tail: string | Uint8Array) => inspectBytes(Buffer.concat([tablePdf(2), Buffer.from(tail)]));
    expect(behind('\r\n \n').observations).toEqual([]);
    expect(behind('<html>').observations).toEqual([{ code: 'pdf.garbage-at-end', args: { bytes: 6 } }]);
    expect(codesOf(behind(new Uint8Array(4096)))).toEqual(['pdf.foreign-data-at-end']);
    expect(behind(new Uint8Array(100_000)).pages).toBe(2);
  });

  test('a missing end mark is a warning', () => {
    const bytes = tablePdf(2);
    expect(codesOf(inspectBytes(bytes.subarray(0, bytes.length - 6)))).toEqual(['pdf.end-mark-missing']);
  });

  test('a file that was cut has no count, wherever it was cut', () => {
    for (const whole of [tablePdf(4), streamPdf(4), compressedPdf(4), hybridPdf(4)]) {
      for (const share of [0.2, 0.5, 0.8, 0.95]) {
        const facts = inspectBytes(whole.subarray(0, Math.floor(whole.length * share)));
        expect([facts.pages, codesOf(facts).length > 0]).toEqual([null, true]);
      }
    }
  });

  test('a linearised file that was cut behind its first part knows how much is missing', () => {
    const whole = linearisedPdf(4);
    const cut = whole.subarray(0, whole.indexOf('%%EOF') + 6);
    const facts = inspectBytes(cut);
    expect(facts.pages).toBeNull();
    expect(facts.observations).toContainEqual({ code: 'pdf.truncated', args: { lost: whole.length - cut.length } });
  });

  test.each(['', '%PDF-1.4', 'startxref', '%PDF-1.4\nstartxref\n0\n%%EOF', '\u0000'.repeat(5000)])(
    'a file that is no PDF inside has no count but a reason (%#)',
    (content) => {
      const facts = inspectBytes(Buffer.from(content, 'latin1'));
      expect(facts.pages).toBeNull();
      expect(codesOf(facts)).toContain('pdf.unreadable');
    },
  );
});

describe('a damaged cross-reference', () => {
  const recovered = (reason: string, pages: number | null) => ({ code: 'pdf.recovered', args: { reason, pages } });

  test('is rebuilt from the objects, and the finding says what was wrong', () => {
    const table = tablePdf(3, 3);
    const damaged: [Buffer, string][] = [
      [patch(table, '\nxref', '\nxxxx'), 'xref-unreadable'],
      [patch(table, '\ntrailer', '\ntrialer'), 'xref-unreadable'],
      [patch(table, '0000000015 00000 n', '0000000016 00000 n'), 'object-misplaced'],
      [patch(table, '0000000015 00000 n', '0000000015 00001 n'), 'object-misplaced'],
      [patch(table, '\n11 0 obj', '\n11 1 obj'), 'object-misplaced'],
      [patch(table, '/Root 1 0 R', '/Root 2 0 R'), 'root-missing'],
      [patch(table, '/Root 1 0 R', '/Root (1 R)'), 'root-missing'],
    ];
    for (const [bytes, reason] of damaged) {
      const facts = inspectBytes(bytes);
      expect([facts.pages, facts.observations]).toEqual([3, [recovered(reason, 3)]]);
      expect(facts.details).toMatchObject({ crossReference: 'rebuilt', document: { objects: 6 } });
    }
  });

  test('that calls a page free is rebuilt', () => {
    const bytes = tablePdf(3, 3);
    const entry = /(\d{10} 00000) n \ntrailer/.exec(bytes.toString('latin1'))?.[1] ?? '';
    const facts = inspectBytes(patch(bytes, `${entry} n`, `${entry} f`));
    expect(facts.observations).toEqual([recovered('object-missing', 3)]);
  });

  test('in a stream is rebuilt with the objects in object streams', () => {
    const bytes = compressedPdf(6);
    const facts = inspectBytes(patch(bytes, '/Type /XRef', '/Type /XRex'));
    // The trailer is lost with it, but there is one catalog only.
    expect([facts.pages, facts.observations]).toEqual([6, [recovered('xref-unreadable', 6)]]);
  });

  test('gives no count where an object stream is damaged too', () => {
    const bytes = patch(compressedPdf(6), '/Type /XRef', '/Type /XRex');
    const data = bytes.indexOf('stream\n') + 12;
    bytes[data] = (bytes[data] ?? 0) ^ 0xff;
    const facts = inspectBytes(bytes);
    expect(facts.pages).toBeNull();
    expect(codesOf(facts)).toEqual(['pdf.unreadable']);
  });

  test('gives no count where two catalogs could be meant', () => {
    const writer = new PdfWriter().object(1, catalogBody).object(5, '<< /Type /Catalog /Pages 6 0 R >>');
    writer
      .object(2, nodeBody([3], 1))
      .object(3, pageBody(2))
      .object(6, nodeBody([], 0));
    expect(inspectBytes(writer.bytes()).observations).toEqual([
      { code: 'pdf.unreadable', args: { reason: 'startxref-missing' } },
    ]);
  });

  test('that refers to itself ends', () => {
    const writer = new PdfWriter();
    for (const [number, body] of flatTree(2)) writer.object(number, body);
    const offset = writer.length;
    const facts = inspectBytes(writer.finishTable(`/Root 1 0 R /Prev ${offset}`).bytes());
    expect(codesOf(facts)).toEqual(['pdf.recovered']);
  });

  test('is passed over by data in streams that look like objects', () => {
    const writer = new PdfWriter();
    for (const [number, body] of flatTree(2)) writer.object(number, body);
    writer.stream(30, '/Type /EmbeddedFile', tablePdf(9));
    const bytes = patch(writer.finishTable('/Root 1 0 R').bytes(), '\nxref', '\nxxxx', 'last');
    expect(inspectBytes(bytes)).toMatchObject({ pages: 2, observations: [recovered('xref-unreadable', 2)] });
  });
});

describe('a damaged update never lets the older pages pass for the newest', () => {
  const older = 2;
  const updated = updatedPdf('table');

  test.each([
    ['its end mark word is damaged', patch(updated, 'startxref', 'startxxxx', 'last')],
    ['it was cut in mid-object', updated.subarray(0, updated.lastIndexOf('/MediaBox'))],
    ['it was cut right behind the number of its first object', updated.subarray(0, updated.indexOf('%%EOF') + 9)],
    ['startxref points to the older cross-reference', pointToFirst(updated)],
    ['its section names another object', patch(updated, 'xref\n2 1\n', 'xref\n9 1\n', 'last')],
    ['its object has another number', patch(updated, '\n2 0 obj', '\n9 0 obj', 'last')],
    ['its object stream is damaged', patch(updatedPdf('compressed'), '/First', '/Frist', 'last')],
    [
      'its cross-reference stream names other objects',
      patch(updatedPdf('stream'), '/Index [2 1', '/Index [9 1', 'last'),
    ],
    ['its cross-reference stream names none', patch(updatedPdf('stream'), '/Index', '/Xndex', 'last')],
  ])('%s', (_, bytes) => {
    const facts = inspectBytes(bytes);
    expect(facts.pages).not.toBe(older);
    expect(codesOf(facts).length).toBeGreaterThan(0);
  });

  function pointToFirst(bytes: Buffer): Buffer {
    const [first, last] = [...bytes.toString('latin1').matchAll(/startxref\n(\d+)/g)].map((match) => match[1] ?? '');
    return patch(bytes, `startxref\n${last}`, `startxref\n${first}`, 'last');
  }
});

describe('a damaged page tree', () => {
  test('with a wrong count is counted by its leaves, and the finding names the node', () => {
    const wrong = documentOf({ 2: nodeBody([3, 4], 3), 3: pageBody(2), 4: pageBody(2) });
    expect(inspectBytes(wrong)).toMatchObject({
      pages: 2,
      observations: [{ code: 'pdf.count-differs', args: { object: 2, declared: 3, counted: 2 } }],
    });
    const inner = documentOf({ 2: nodeBody([3], 1), 3: nodeBody([4], 7, '/Parent 2 0 R '), 4: pageBody(3) });
    expect(inspectBytes(inner).observations).toEqual([
      { code: 'pdf.count-differs', args: { object: 3, declared: 7, counted: 1 } },
    ]);
    const none = documentOf({ 2: '<< /Type /Pages /Kids [3 0 R] >>', 3: pageBody(2) });
    expect(inspectBytes(none).observations).toEqual([
      { code: 'pdf.count-differs', args: { object: 2, declared: null, counted: 1 } },
    ]);
  });

  test('with a loop has no count', () => {
    const itself = documentOf({ 2: nodeBody([3, 2], 2), 3: pageBody(2) });
    const upwards = documentOf({ 2: nodeBody([3], 1), 3: nodeBody([2], 1, '/Parent 2 0 R ') });
    const shared = documentOf({ 2: nodeBody([3, 3], 2), 3: nodeBody([4], 1, '/Parent 2 0 R '), 4: pageBody(3) });
    for (const bytes of [itself, upwards, shared]) {
      const facts = inspectBytes(bytes);
      expect(facts.pages).toBeNull();
      expect(codesOf(facts)).toContain('pdf.page-tree-loop');
    }
  });

  test('that holds the same page twice counts it twice and says at which page', () => {
    const bytes = documentOf({ 2: nodeBody([3, 4, 3], 3), 3: pageBody(2), 4: pageBody(2) });
    const facts = inspectBytes(bytes);
    expect(facts.pages).toBe(3);
    expect(facts.observations).toEqual([{ code: 'pdf.page-repeated', args: { count: 1 }, page: 3 }]);
  });

  test('that refers to what is not there has no count', () => {
    const facts = inspectBytes(documentOf({ 2: nodeBody([3, 4, 5], 3), 3: pageBody(2), 5: 'null' }));
    expect(facts.pages).toBeNull();
    expect(facts.observations).toContainEqual({ code: 'pdf.page-missing', args: { count: 2 }, page: 2 });
  });

  test.each([
    ['a number', '[3 0 R 7]'],
    ['a page that is no object of its own', `[3 0 R ${pageBody(2)}]`],
    ['a font', '[3 0 R 5 0 R]'],
    ['a branch without kids', '[3 0 R 6 0 R]'],
    ['an array', '[3 0 R 7 0 R]'],
  ])('that holds %s has no count', (_, kids) => {
    const facts = inspectBytes(
      documentOf({
        2: `<< /Type /Pages /Kids ${kids} /Count 2 >>`,
        3: pageBody(2),
        5: '<< /Type /Font >>',
        6: '<< /Type /Pages /Count 1 /Parent 2 0 R >>',
        7: '[3 0 R]',
      }),
    );
    expect(facts.pages).toBeNull();
    expect(facts.observations).toContainEqual({ code: 'pdf.page-invalid', args: { count: 1 }, page: 2 });
  });

  test('whose kids are no list has no count', () => {
    const facts = inspectBytes(documentOf({ 2: '<< /Type /Pages /Kids 3 0 R /Count 1 >>', 3: pageBody(2) }));
    expect([facts.pages, codesOf(facts)[0]]).toEqual([null, 'pdf.page-invalid']);
  });

  test('whose types or parents are wrong is counted with a warning', () => {
    const typed = documentOf({ 2: nodeBody([3, 4], 2), 3: `<< /Parent 2 0 R ${a4} >>`, 4: pageBody(2) });
    expect(inspectBytes(typed)).toMatchObject({ pages: 2, observations: [{ code: 'pdf.page-type-wrong', page: 1 }] });
    const strayed = documentOf({ 2: nodeBody([3, 4], 2), 3: pageBody(2), 4: pageBody(9) });
    expect(inspectBytes(strayed)).toMatchObject({ pages: 2, observations: [{ code: 'pdf.page-parent-wrong' }] });
  });

  test('into whose middle the catalog points is told by the parent of its root', () => {
    const bodies = { 1: '<< /Type /Catalog /Pages 3 0 R >>', 2: nodeBody([3], 1), 4: pageBody(3) };
    const facts = inspectBytes(documentOf({ ...bodies, 3: nodeBody([4], 1, '/Parent 2 0 R ') }));
    expect(codesOf(facts)).toEqual(['pdf.page-parent-wrong']);
  });

  test('without any page is a finding', () => {
    const facts = inspectBytes(documentOf({ 2: nodeBody([], 0) }));
    expect([facts.pages, codesOf(facts)]).toEqual([0, ['pdf.no-pages']]);
  });

  test('that cannot be parsed has no count', () => {
    const facts = inspectBytes(documentOf({ 2: nodeBody([3], 1), 3: '<< /Type /Page /Parent 2 0 R' }));
    expect([facts.pages, codesOf(facts)]).toEqual([null, ['pdf.unreadable']]);
  });
});

describe('a structural stream', () => {
  test('with a wrong length is read up to its end mark, with a warning', () => {
    const writer = new PdfWriter();
    const bytes = writer.objectStream(3, flatTree(2)).finishStream(4, '/Root 1 0 R').bytes();
    const length = /\/FlateDecode \/Length (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
    const wrong = patch(bytes, `/Length ${length}`, `/Length ${'1'.repeat(length.length)}`);
    expect(inspectBytes(wrong)).toMatchObject({ pages: 2, observations: [{ code: 'pdf.stream-length-wrong' }] });
  });

  test('may have its length elsewhere', () => {
    const writer = new PdfWriter();
    const whole = new PdfWriter().objectStream(3, flatTree(2)).bytes().toString('latin1');
    const length = /\/Length (\d+)/.exec(whole)?.[1] ?? '';
    const data = whole.slice(whole.indexOf('stream\n') + 7, whole.lastIndexOf('\nendstream'));
    const dictionary = /<< (.*) \/Length/.exec(whole)?.[1] ?? '';
    writer.object(5, length).stream(3, `${dictionary} /Length 5 0 R`, Buffer.from(data, 'latin1'));
    for (const [index, number] of [...flatTree(2).keys()].entries()) writer.compressed(number, 3, index);
    const facts = inspectBytes(writer.finishStream(6, '/Root 1 0 R').bytes());
    expect([facts.pages, facts.observations]).toEqual([2, []]);
  });
});
