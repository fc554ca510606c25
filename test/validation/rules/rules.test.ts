import { describe, expect, test } from 'vitest';
import { checkFiles } from '../../support/delivery.ts';
import { tablePdf } from '../../support/sample-pdfs.ts';
import { check, filesOf, profileWith, type Row, told } from './support.ts';

const message = { de: '{row.pages} Seiten, {row.sheets} Blatt', en: '{row.pages} pages, {row.sheets} sheets' };

describe('a rule across columns', () => {
  const rule = { id: 'pages-fit', check: 'row.pages <= row.sheets * 2', message };

  test('is broken by a row that does not fit it, with its wording, values and id', async () => {
    const result = await check(
      [
        { pages: '2', sheets: '1' },
        { pages: '3', sheets: '1' },
      ],
      [rule],
    );
    expect(told(result)).toEqual(['rule.violated 3 3 pages, 1 sheets (rule pages-fit)']);
    expect(told(result, 'de')).toEqual(['rule.violated 3 3 Seiten, 1 Blatt (Regel pages-fit)']);
    expect(result.verdict).toBe('fail');
    expect(result.counts).toMatchObject({ passed: 1, failed: 1 });
  });

  test('that cannot be evaluated is never a pass: the value is named', async () => {
    const result = await check([{ pages: '2' }], [rule]);
    expect(told(result)).toEqual([
      'rule.not-evaluated 2 The rule pages-fit cannot be evaluated: there is no value "Blatt".',
    ]);
    expect(result.verdict).toBe('error');
    expect(result.counts).toMatchObject({ passed: 0, errored: 1 });
  });

  test('does not tell again what is told: a value that cannot be read, or that the row schema demands', async () => {
    const unreadable = await check([{ pages: '2', sheets: 'zwei' }], [rule]);
    expect(unreadable.findings.map(({ code }) => code)).toEqual(['manifest.value-unreadable']);
    const demanded = await check([{ pages: '2' }], [rule], { row: { required: ['sheets'] } });
    expect(demanded.findings.map(({ code }) => code)).toEqual(['manifest.row-invalid']);
  });

  test('may ask whether a value is there, and apply to some rows only', async () => {
    const optional = { ...rule, check: '!has(row.sheets) || row.pages <= row.sheets * 2' };
    expect(told(await check([{ pages: '2' }], [optional]))).toEqual([]);
    const some = { ...rule, where: 'row.kind == "B"' };
    const rows = [
      { kind: 'A', pages: '9', sheets: '1' },
      { kind: 'B', pages: '9', sheets: '1' },
    ];
    expect(told(await check(rows, [some]))).toEqual(['rule.violated 3 9 pages, 1 sheets (rule pages-fit)']);
  });

  test('has the severity that it states; a warning is no failure', async () => {
    const result = await check([{ pages: '3', sheets: '1' }], [{ ...rule, severity: 'warning' }]);
    expect([...result.findings]).toMatchObject([
      { code: 'rule.violated', severity: 'warning', args: { rule: 'pages-fit' } },
    ]);
    expect(result.verdict).toBe('pass');
  });

  test('compares days, decimals and yes or no as what they are', async () => {
    const rules = [
      { id: 'day', check: 'row.date >= day("01.02.2020")', message: { de: '{row.date}', en: '{row.date}' } },
      { id: 'amount', check: 'row.amount > number("1.000,25")', message: { de: '{row.amount}', en: '{row.amount}' } },
      { id: 'open', check: 'row.open', message: { de: '{row.open}', en: '{row.open}' } },
    ];
    const bad = await check([{ date: '31.01.2020', amount: '1.000,2', open: 'nein' }], rules);
    expect(told(bad, 'de')).toEqual([
      'rule.violated 2 31.01.2020 (Regel day)',
      'rule.violated 2 1.000,2 (Regel amount)',
      'rule.violated 2 nein (Regel open)',
    ]);
    expect(told(await check([{ date: '2020-02-01', amount: '1000,3', open: 'ja' }], rules))).toEqual([]);
  });

  test('matches patterns in linear time, however they are written', async () => {
    const evil = { id: 'evil', check: '!row.title.matches("^(a+)+$")', message: { de: 'x', en: 'x' } };
    const result = await check([{ title: `${'a'.repeat(4000)}!` }, { title: 'aaa' }], [evil]);
    expect(told(result)).toEqual(['rule.violated 3 x (rule evil)']);
  });

  test('refuses a text that is too long to be worked on, instead of passing it', async () => {
    const rule = { id: 'short', check: 'row.title.size() > 0', message: { de: 'x', en: 'x' } };
    const result = await check([{ title: 'y'.repeat(5000) }], [rule]);
    expect(told(result)).toEqual([expect.stringMatching(/^rule\.not-evaluated 2 .*Betreff: yyy/)]);
  });
});

describe('a rule about files', () => {
  test('holds rows against what was counted in their files', async () => {
    const rule = {
      id: 'counted',
      check: 'row.pages == file.pages',
      message: { de: '{file.pages}', en: 'counted {file.pages}' },
    };
    const files = { ...filesOf([{ pages: '2' }, { pages: '2' }]), 'scans/2.pdf': tablePdf(3) };
    expect(told(await checkFiles(files, profileWith([rule])))).toEqual(['rule.violated 3 counted 3 (rule counted)']);
  });

  test('is silent about a file that is absent, for that is told', async () => {
    const rule = { id: 'counted', check: 'file.pages > 0', message: { de: 'x', en: 'x' } };
    const { 'scans/1.pdf': _gone, ...files } = filesOf([{ pages: '2' }]);
    const { findings } = await checkFiles(files, profileWith([rule]));
    expect(findings.map(({ code }) => code)).toEqual(['manifest.file-absent']);
  });

  test('needs no manifest', async () => {
    const rule = {
      id: 'small',
      check: 'file.pages < 3 && file.extension == "pdf"',
      message: { de: 'x', en: '{file.name} has {file.pages}' },
    };
    const profile = profileWith([rule], { manifest: undefined, layout: { files: ['*.pdf'] } });
    const result = await checkFiles({ 'a.pdf': tablePdf(2), 'b.pdf': tablePdf(3) }, profile);
    expect(told(result)).toEqual(['rule.violated b.pdf b.pdf has 3 (rule small)']);
  });
});

describe('a rule across rows', () => {
  test('unique: the second row is told, with the first', async () => {
    const rows = [
      { reference: 'A', number: '1' },
      { reference: 'B', number: '1' },
      { reference: 'A', number: '1' },
    ];
    const rule = { id: 'once', unique: ['reference', 'number'] };
    expect(told(await check(rows, [rule]))).toEqual([
      'rule.not-unique 4 "Az" + "Nr": "A, 1" is already in row 2 (index.csv). (rule once)',
    ]);
  });

  test('unique within a group', async () => {
    const rows = [
      { reference: 'A', number: '1' },
      { reference: 'B', number: '1' },
      { reference: 'B', number: '01' },
    ];
    const rule = { id: 'once', unique: ['number'], within: ['reference'] };
    expect(told(await check(rows, [rule]))).toEqual([expect.stringContaining('rule.not-unique 4')]);
  });

  test('unique compares in Unicode NFC', async () => {
    const rows = [{ reference: 'Ä' }, { reference: 'Ä'.normalize('NFD') }];
    expect(told(await check(rows, [{ id: 'once', unique: ['reference'] }]))).toHaveLength(1);
  });

  test('sequence: every gap is named, the order does not matter', async () => {
    const rows = ['5', '2', '9', '1', '10'].map((number) => ({ reference: 'A', number }));
    const rule = { id: 'run', sequence: 'number', within: ['reference'] };
    expect(told(await check(rows, [rule]))).toEqual([
      'rule.sequence-gap 2 Within "A" the numbering "Nr" lacks: 3–4, 6–8. (rule run)',
    ]);
    expect(told(await check([{ number: '3' }, { number: '4' }], [{ id: 'run', sequence: 'number', from: 1 }]))).toEqual(
      ['rule.sequence-gap 2 In the delivery the numbering "Nr" lacks: 1–2. (rule run)'],
    );
  });

  test('sequence of what is no number is not passed', async () => {
    const result = await check([{ kind: 'x' }], [{ id: 'run', sequence: 'kind' }]);
    expect(told(result)).toEqual(['rule.not-evaluated 2 The rule run cannot be evaluated: x.']);
  });

  test('sum: exact, against a number, a field or an expression', async () => {
    const rows = [
      { reference: 'A', amount: '0,1', pages: '2', sheets: '3' },
      { reference: 'A', amount: '0,2', pages: '1', sheets: '3' },
    ];
    expect(told(await check(rows, [{ id: 'exact', sum: 'amount', equals: 0.3 }]))).toEqual([]);
    expect(told(await check(rows, [{ id: 'field', sum: 'pages', within: ['reference'], equals: 'sheets' }]))).toEqual(
      [],
    );
    expect(told(await check(rows, [{ id: 'most', sum: 'row.pages * 2', maximum: 'row.sheets + 2' }]), 'de')).toEqual([
      'rule.sum-differs 2 In der Lieferung ergibt die Summe von „row.pages * 2“ 6; vereinbart ist höchstens 5. (Regel most)',
    ]);
  });

  test('sum: rows of a group that name different totals contradict each other', async () => {
    const rows = [
      { reference: 'A', pages: '1', sheets: '2' },
      { reference: 'A', pages: '1', sheets: '3' },
    ];
    const rule = { id: 'total', sum: 'pages', within: ['reference'], equals: 'sheets' };
    expect(told(await check(rows, [rule]))).toEqual([
      'rule.group-contradictory 3 Within "A" this row says "3", but row 2 "2". (rule total)',
    ]);
  });

  test('sum: a group with a row that lacks the value is not passed', async () => {
    const rows: Row[] = [{ pages: '1' }, {}];
    expect(told(await check(rows, [{ id: 'total', sum: 'pages', equals: 1 }]))).toEqual([
      expect.stringMatching(/^rule\.not-evaluated 3 .*"Seiten"/),
    ]);
  });

  test('count: rows, or different values, of each group', async () => {
    const rows = [
      { reference: 'A', kind: 'x' },
      { reference: 'A', kind: 'x' },
      { reference: 'B', kind: 'y' },
    ];
    expect(told(await check(rows, [{ id: 'few', count: { maximum: 1 }, within: ['reference'] }]))).toEqual([
      'rule.count-differs 2 Within "A" there are 2; agreed is at most 1. (rule few)',
    ]);
    expect(told(await check(rows, [{ id: 'kinds', count: { of: 'kind', equals: 1 }, within: ['reference'] }]))).toEqual(
      [],
    );
    expect(told(await check(rows, [{ id: 'kinds', count: { of: 'kind', minimum: 3 } }]))).toEqual([
      'rule.count-differs 2 In the delivery there are 2; agreed is at least 3. (rule kinds)',
    ]);
  });

  test('order: the row that comes too late is told; numbers in texts count as numbers', async () => {
    const rows = [{ reference: 'Bd. 9' }, { reference: 'Bd. 10' }, { reference: 'Bd. 2' }];
    expect(told(await check(rows, [{ id: 'sorted', order: ['reference'] }]))).toEqual([
      'rule.out-of-order 4 "Az": "Bd. 2" comes after "Bd. 10". (rule sorted)',
    ]);
  });

  test('says it in the words of the profile, with what is wrong', async () => {
    const words = {
      de: 'Nr. {value} in {group} schon in Zeile {first}',
      en: 'no. {value} of {group}, see row {first}',
    };
    const remedy = { de: 'Streichen.', en: 'Remove it.' };
    const rule = { id: 'once', unique: ['number'], within: ['reference'], message: words, remedy };
    const rows = [
      { reference: 'A', number: '1' },
      { reference: 'A', number: '1' },
    ];
    expect(told(await check(rows, [rule]))).toEqual([
      'rule.not-unique 3 no. 1 of A, see row 2 (rule once) – Remove it.',
    ]);
  });
});

describe('a reference list', () => {
  const lists = {
    kinds: {
      header: ['Code', 'Titel'],
      rows: [
        ['B', 'Bescheid'],
        ['A', 'Anhörung'],
      ],
    },
  };

  test('holds the values that are agreed', async () => {
    const rule = { id: 'kinds', list: 'kinds', columns: { kind: 'Code' } };
    expect(told(await check([{ kind: 'B' }, { kind: 'b' }], [rule], { lists }))).toEqual([
      'rule.not-in-list 3 "Art": "b" is not on the list "kinds". (rule kinds)',
    ]);
    expect(told(await check([{ kind: 'b' }], [{ ...rule, ignoreCase: true }], { lists }))).toEqual([]);
  });

  test('holds values of several columns together, row by row', async () => {
    const rule = { id: 'kinds', list: 'kinds', columns: { kind: 'Code', title: 'Titel' } };
    const rows = [
      { kind: 'B', title: 'Bescheid' },
      { kind: 'B', title: 'Anhörung' },
    ];
    expect(told(await check(rows, [rule], { lists }))).toEqual([expect.stringContaining('rule.not-in-list 3')]);
  });
});

describe('names', () => {
  const layout = { manifests: ['index.csv'], files: ['scans/{reference}/{number}.pdf'] };

  test('yield fields that must equal the columns; numbers by what they mean', async () => {
    const rows = [
      { path: 'scans/A/0001.pdf', reference: 'A', number: '1' },
      { path: 'scans/A/0002.pdf', reference: 'B', number: '2' },
    ];
    expect(told(await check(rows, [], { layout }))).toEqual([
      'rule.name-differs 3 The path says "A", but the column "Az" "B".',
    ]);
  });

  test('can be used by rules', async () => {
    const rows = [{ path: 'scans/A/0001.pdf' }, { path: 'scans/A/0003.pdf' }];
    const rule = { id: 'run', sequence: 'name.number', within: ['name.reference'] };
    expect(told(await check(rows, [rule], { layout }))).toEqual([
      'rule.sequence-gap 2 Within "A" the numbering "name.number" lacks: 2. (rule run)',
    ]);
  });

  test('say to which file a document belongs where there is no manifest', async () => {
    const profile = profileWith([], { manifest: undefined, layout: { files: ['{reference}/{number}.pdf'] } });
    const { items } = await checkFiles({ 'A 1/0007.pdf': tablePdf(1) }, profile);
    expect([...items]).toMatchObject([{ reference: 'A 1', fields: { number: '0007' } }]);
  });

  test('can be written as a regular expression', async () => {
    const expression = { manifests: ['index.csv'], files: ['^scans/(?<reference>[A-Z]{2})-.*\\.pdf$'] };
    const rows = [{ path: 'scans/AB-1.pdf', reference: 'AC' }];
    expect(told(await check(rows, [], { layout: expression }))).toHaveLength(1);
    const { findings } = await check([{ path: 'scans/ABC-1.pdf' }], [], { layout: expression });
    expect(findings.map(({ code }) => code)).toContain('package.file-unexpected');
  });
});
