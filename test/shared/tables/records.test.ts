import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../src/shared/tables/cell.ts';
import { createJsonScanner, JsonError } from '../../../src/shared/tables/json-scanner.ts';
import { openTable, type RecordOptions, type TableOptions } from '../../../src/shared/tables/open-table.ts';
import { TableError } from '../../../src/shared/tables/table-error.ts';
import { readProblem, readTable, withFile } from './table-files.ts';

const wanting = (records: Partial<RecordOptions> = {}): TableOptions => ({
  records: { isWanted: () => true, ...records },
});

/** Every row as name → text. */
async function records(bytes: string | Uint8Array, options = wanting()) {
  const table = await readTable(bytes, options);
  return table.all.map(({ row, cells }) => ({
    row,
    ...Object.fromEntries(cells.flatMap((cell, index) => (cell === '' ? [] : [[table.header[index], cellText(cell)]]))),
  }));
}

async function problem(bytes: string | Uint8Array, options = wanting()) {
  return (await readProblem(bytes, options)).problem;
}

describe('records in JSON', () => {
  it('are the objects of the list at the top, counted from 1', async () => {
    expect(await records('[{"a": "x", "b": 1}, {"b": 2.50, "c": true, "d": null}]')).toEqual([
      { row: 1, a: 'x', b: '1' },
      { row: 2, b: '2.50', c: 'true' },
    ]);
  });

  it('keep every digit of a number', async () => {
    expect(await records('[{"barcode": 12345678901234567890123, "x": 1e2}]')).toEqual([
      { row: 1, barcode: '12345678901234567890123', x: '1e2' },
    ]);
  });

  it('are found under a path, through lists, with values of what surrounds them', async () => {
    const json = `{"lieferung": {"nr": 7, "akten": [
      {"az": "A", "dokumente": [{"datei": "a.pdf"}, {"datei": "b.pdf"}]},
      {"az": "B", "dokumente": []}, {"az": "C", "dokumente": [{"datei": "c.pdf", "scan": {"dpi": 300}}]}]}}`;
    expect(await records(json, wanting({ path: 'lieferung.akten.dokumente' }))).toEqual([
      { row: 1, datei: 'a.pdf', '../az': 'A', '../../nr': '7' },
      { row: 2, datei: 'b.pdf', '../az': 'A', '../../nr': '7' },
      { row: 3, datei: 'c.pdf', '../az': 'C', '../../nr': '7', 'scan.dpi': '300' },
    ]);
  });

  it('on lines of their own are numbered by these', async () => {
    expect(await records('{"a":1}\n\n{"a":2}\r\n{"a":3}')).toEqual([
      { row: 1, a: '1' },
      { row: 3, a: '2' },
      { row: 4, a: '3' },
    ]);
  });

  it('tell a value given twice, and a list in the place of a value', async () => {
    const { all } = await readTable('[{"a": 1, "a": 2, "b": ["x", {"c": [1]}]}]', wanting());
    expect(all[0]?.cells).toEqual([
      { error: 'a', reason: 'repeated' },
      { error: '[…]', reason: 'list' },
    ]);
  });

  it.each([
    ['[{"a": 1},]', { code: 'json-invalid', args: { row: 2, line: 1, column: 11, mistake: 'unexpected' } }],
    ['[{"a": 1}\n {"a": 2}]', { code: 'json-invalid', args: { line: 2, column: 2, mistake: 'unexpected' } }],
    ['[{"a": 1}', { code: 'json-invalid', args: { mistake: 'ended' } }],
    ['[{"a": "x\ny"}]', { code: 'json-invalid', args: { line: 1, column: 8, mistake: 'string' } }],
    ['[{"a": "\\q"}]', { code: 'json-invalid', args: { mistake: 'string' } }],
    ['[{"a": "\\ud800"}]', { code: 'json-invalid', args: { mistake: 'string' } }],
    ['[{"a": 01}]', { code: 'json-invalid', args: { column: 8, mistake: 'number-or-word' } }],
    ['[{"a": 1,5}]', { code: 'json-invalid', args: { column: 10, mistake: 'unexpected' } }],
    ['[{"a": ja}]', { code: 'json-invalid', args: { mistake: 'number-or-word' } }],
    [`[{"a": ${'['.repeat(100)}`, { code: 'json-invalid', args: { mistake: 'too-deep' } }],
    ['[{"a": 1}, 5]', { code: 'record-expected', args: { row: 2, line: 1, path: '' } }],
    ['[{"a": 1}, ["a"]]', { code: 'record-expected' }],
    ['{\n "dokumente": [{"a": 1}]\n}', { code: 'records-not-found', args: { path: '' } }],
    ['{"a": 1} {"a": 2}', { code: 'json-invalid', args: { mistake: 'unexpected' } }],
  ])('broken as in %s are told with their place', async (json, expected) => {
    expect(await problem(json)).toMatchObject(expected);
  });

  it('under a path that leads nowhere are told', async () => {
    expect(await problem('{"a": [{"b": 1}]}', wanting({ path: 'c' }))).toMatchObject({ code: 'records-not-found' });
    expect(await problem('{"c": "x"}', wanting({ path: 'c' }))).toMatchObject({ code: 'record-expected' });
  });

  it('may not be followed by a value that is asked for of each', async () => {
    const json = '{"docs": [{"a": 1}], "az": "A"}';
    expect(await problem(json, wanting({ path: 'docs' }))).toMatchObject({ code: 'value-behind-records' });
    const isWanted = (name: string) => name === 'a';
    expect(await records(json, wanting({ path: 'docs', isWanted }))).toEqual([{ row: 1, a: '1' }]);
  });

  it('are as JSON.parse reads them, wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.integer({ min: 1, max: 7 }), (value, size) => {
        const json = JSON.stringify(value, null, 1);
        expect(scan(json, size)).toEqual(scan(json, json.length));
        expect(rebuilt(json, size)).toEqual(JSON.parse(json));
      }),
    );
  });

  it('accept what JSON.parse accepts, and nothing else', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-',
      '0.5',
      'true',
      'null',
      ' ',
      '"',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const json = parts.join('');
        let valid = true;
        try {
          JSON.parse(json);
        } catch {
          valid = false;
        }
        // Several values behind each other, or none, are a sequence: only single ones can be compared.
        const tops = topValues(json);
        if (valid) expect(tops).toBe(1);
        else expect(tops).not.toBe(1);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The events of a text, given in pieces. */
function scan(json: string, size: number): unknown[] {
  const events: unknown[] = [];
  const scanner = createJsonScanner(
    {
      open: (kind) => void events.push(['open', kind]),
      key: (name) => void events.push(['key', name]),
      value: (value) => void events.push(['value', value]),
      close: (kind) => void events.push(['close', kind]),
    },
    1000,
  );
  for (let at = 0; at < json.length; at += size) scanner.write(json.slice(at, at + size));
  scanner.end();
  return events;
}

/** How many values stand at the top; -1 where the text is broken. */
function topValues(json: string): number {
  let [depth, count] = [0, 0];
  const scanner = createJsonScanner(
    {
      open: () => void (depth += 1),
      key: () => undefined,
      value: () => void (depth === 0 && (count += 1)),
      close: () => {
        depth -= 1;
        if (depth === 0) count += 1;
      },
    },
    1000,
  );
  try {
    scanner.write(json);
    scanner.end();
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return -1;
  }
  return count;
}

/** The value that the events describe; numbers are read as JSON.parse does. */
function rebuilt(json: string, size: number): unknown {
  const written = scan(json, size).map((event) => event as [string, unknown]);
  let text = '';
  for (const [kind, value] of written) {
    if (kind === 'open') text += value === 'object' ? '{' : '[';
    else if (kind === 'close') text = `${text.replace(/,$/, '')}${value === 'object' ? '}' : ']'},`;
    else if (kind === 'key') text += `${JSON.stringify(value)}:`;
    else text += `${isNumber(value) ? value.number : JSON.stringify(value)},`;
  }
  return JSON.parse(text.replace(/,$/, ''));
}

function isNumber(value: unknown): value is { number: string } {
  return typeof value === 'object' && value !== null && 'number' in value;
}

const delivery = (body: string, head = '<?xml version="1.0"?>') => `${head}\n<lieferung nr="7">${body}</lieferung>`;

describe('records in XML', () => {
  const options = wanting({ path: 'lieferung/akte/dokument' });

  it('give texts, attributes, and values of what surrounds them', async () => {
    const xml = delivery(`
      <akte az="A"><titel>Über &amp; unter</titel>
        <dokument id="1"><datei>a.pdf</datei><scan dpi="300"><seiten>3</seiten></scan></dokument>
        <dokument id="2"><datei><![CDATA[b<1>.pdf]]></datei></dokument>
      </akte>
      <!-- nothing --><akte az="C"/>`);
    expect(await records(xml, options)).toEqual([
      {
        row: 1,
        '@id': '1',
        datei: 'a.pdf',
        scan: '<…>',
        'scan/@dpi': '300',
        'scan/seiten': '3',
        '../@az': 'A',
        '../titel': 'Über & unter',
        '../../@nr': '7',
      },
      { row: 2, '@id': '2', datei: 'b<1>.pdf', '../@az': 'A', '../titel': 'Über & unter', '../../@nr': '7' },
    ]);
  });

  it('may hold their text themselves', async () => {
    expect(await records('<l><d nr="1">a.pdf</d><d nr="2"> b.pdf </d></l>', wanting({ path: 'l/d' }))).toEqual([
      { row: 1, '@nr': '1', '.': 'a.pdf' },
      { row: 2, '@nr': '2', '.': 'b.pdf' },
    ]);
  });

  it('are named without prefixes, unless the namespace is agreed', async () => {
    const xml = '<x:l xmlns:x="urn:a" xmlns="urn:b"><x:d y="1"><datei>a</datei><x:datei>b</x:datei></x:d></x:l>';
    const { all } = await readTable(xml, wanting({ path: 'l/d' }));
    expect(all[0]?.cells).toContainEqual({ error: 'datei', reason: 'repeated' });
    expect(await records(xml, wanting({ path: 'a:l/a:d', namespaces: { a: 'urn:a' } }))).toEqual([
      { row: 1, '@y': '1', datei: 'a', 'a:datei': 'b' },
    ]);
  });

  it.each([
    ['iso-8859-1', 'latin1'],
    ['UTF-8', 'utf8'],
    ['windows-1252', 'latin1'],
  ] as const)('are read in the encoding %s that they declare', async (name, encoding) => {
    const xml = delivery('<akte><dokument ort="Süd"/></akte>', `<?xml version="1.0" encoding="${name}"?>`);
    expect(await records(Buffer.from(xml, encoding), options)).toEqual([{ row: 1, '@ort': 'Süd', '../../@nr': '7' }]);
  });

  it.each([
    [delivery('<akte><dokument></akte>'), { code: 'xml-invalid', args: { line: 2 } }],
    [delivery('<akte>&nbsp;</akte>'), { code: 'xml-invalid' }],
    [delivery('<akte a="1" a="2"/>'), { code: 'xml-invalid' }],
    [delivery('<x:akte/>'), { code: 'xml-invalid' }],
    ['<lieferung><akte>', { code: 'xml-invalid' }],
    ['<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>', { code: 'xml-doctype', args: { line: 1 } }],
    ['<!DOCTYPE l SYSTEM "http://example.org/l.dtd"><l/>', { code: 'xml-doctype' }],
    ['<x>'.repeat(100), { code: 'xml-too-deep' }],
    ['<other/>', { code: 'records-not-found' }],
    [delivery('', '<?xml version="1.0" encoding="EBCDIC-DE"?>'), { code: 'encoding-unknown' }],
    [delivery('', '<?xml version="1.0" encoding="constructor"?>'), { code: 'encoding-unknown' }],
  ])('broken as in %s are refused with their place', async (xml, expected) => {
    expect(await problem(xml, options)).toMatchObject(expected);
  });

  it('of endless length are refused', async () => {
    const endless = delivery(`<akte><dokument><datei>${'x'.repeat(3_000_000)}</datei></dokument></akte>`);
    expect(await problem(endless, options)).toMatchObject({ code: 'record-too-long' });
    const many = Array.from({ length: 3000 }, (_, index) => `<f${index}>1</f${index}>`).join('');
    expect(await problem(delivery(`<akte><dokument>${many}</dokument></akte>`), options)).toMatchObject({
      code: 'too-many-columns',
    });
  });
});

const texts = fc.string({ unit: fc.constantFrom(...'aZ0äß€"\\<>&; \t\'{}[]:,.=\u{1F5C4}'), maxLength: 12 });
const tables = fc.array(fc.record({ a: texts, b: texts }), { minLength: 1, maxLength: 5 });

const escaped = (words: string) =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;');

describe('whatever stands in their values', () => {
  const writers = {
    json: (rows: object[]) => JSON.stringify(rows),
    jsonl: (rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n'),
    xml: (rows: { a: string; b: string }[]) =>
      `<l>${rows.map(({ a, b }) => `<r a="${escaped(a)}"><b>${escaped(b)}</b></r>`).join('')}</l>`,
  };

  it.each(['json', 'jsonl', 'xml'] as const)('records in %s come back as they were written', async (format) => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const options = wanting({ format, ...(format === 'xml' ? { path: 'l/r' } : {}) });
        const { header, all } = await readTable(writers[format](rows), options);
        const [a, b] = format === 'xml' ? ['@a', 'b'] : ['a', 'b'];
        const read = all.map(({ cells }) => ({ a: cells[header.indexOf(a)], b: cells[header.indexOf(b)] }));
        const trimmed = rows.map((row) => ({ a: row.a, b: format === 'xml' ? row.b.trim() : row.b }));
        expect(read).toEqual(trimmed);
      }),
      { numRuns: 60 },
    );
  });

  it('changed bytes are a problem or other rows, never a crash', async () => {
    const samples = [
      Buffer.from(writers.json([{ a: 'ä', b: { c: [1, 2] } }, { a: '€' }])),
      Buffer.from(writers.jsonl([{ a: 'ä' }, { a: '€' }])),
      Buffer.from('<?xml version="1.0" encoding="utf-8"?><l><r a="ä"><b>€&amp;</b><!-- c --></r><r/></l>'),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }),
        async (sample, changes) => {
          const bytes = Buffer.from(sample);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          await withFile(bytes, async (path) => {
            try {
              const table = await openTable(path, wanting({ path: sample === samples[2] ? 'l/r' : '' }));
              for await (const _ of table.rows);
            } catch (error) {
              expect(error).toBeInstanceOf(TableError);
            }
          });
        },
      ),
      { numRuns: 400 },
    );
  });
});

it('text stays CSV where records are not asked for', async () => {
  expect((await readTable('[{"a":1}]\n')).format).toBe('csv');
  expect((await readTable('{a};b\n1;2\n', wanting())).format).toBe('csv');
});
