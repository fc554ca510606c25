import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { readOwnZip } from '../../../src/reporting/document/zip-file.ts';
import { looksLikeFormula, visible } from '../../../src/reporting/safe-text.ts';
import { documentMistakes } from '../../../src/shared/document.ts';
import type { PackageCheck } from '../../../src/validation/check-package.ts';
import { ItemList } from '../../../src/validation/item-list.ts';
import { type CheckForm, renderCheck, writeCheck } from '../../../src/validation/outputs/forms.ts';
import { reportOn } from '../../../src/validation/outputs/report.ts';
import { pdfWords } from '../../reporting/pdf-text.ts';
import { faultyCheck, hostileNames, withHostileNames, withItems } from './sample-report.ts';

let folder: string;
let check: PackageCheck;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-outputs-'));
  check = withHostileNames(await faultyCheck());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function textOf(form: CheckForm, of: PackageCheck = check): Promise<string> {
  return [...(await renderCheck(reportOn(of, 'de'), form))].join('');
}

async function fileOf(form: CheckForm): Promise<string> {
  const path = join(folder, `result.${form}`);
  await writeCheck(reportOn(check, 'de'), form, path);
  return path;
}

describe('JSON Lines', () => {
  test('put together again are the result document', async () => {
    const lines = (await textOf('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (type: string) => lines.filter((line) => line.type === type).map(({ type: _type, ...rest }) => rest);
    const [head] = of('check');
    const document = { ...head, findings: of('finding'), items: of('item') };
    expect(documentMistakes(document, 'check-result-1')).toEqual([]);
    expect(document).toEqual(JSON.parse(await textOf('json')));
    expect(lines.at(-1)).toEqual({ type: 'end', findings: check.findings.length, items: check.items.length });
  });
});

describe('CSV', () => {
  test('has the books, every finding and every item in a line, with numbers as such', async () => {
    const rows = parse(await textOf('csv'), { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
    const of = (record: string) => rows.filter(({ Art }) => Art === record);
    expect(of('Befund')).toHaveLength(check.findings.length);
    expect(of('Position')).toHaveLength(check.items.length);
    const count = (name: string) => Number(of('Ergebnis').find(({ Kennung }) => Kennung === `counts.${name}`)?.Status);
    expect(of('Ergebnis').filter(({ Bezeichnung }) => Bezeichnung === '')).toEqual([]);
    expect(of('Ergebnis').filter(({ Kennung }) => Kennung?.startsWith('counts.'))).toHaveLength(
      Object.keys(check.counts).length,
    );
    const sum = count('passed') + count('failed') + count('errored') + count('waived');
    expect(sum).toBe(count('declared') + count('unlisted'));
    expect(sum).toBe(check.items.length);
  });

  test('begins no cell like a formula, whatever names a package has', async () => {
    const rows = parse(await textOf('csv'), { delimiter: ';', bom: true }) as string[][];
    expect(rows.flat().filter(looksLikeFormula)).toEqual([]);
    expect(rows.flat()).toContain("'=cmd|calc");
  });
});

describe('XLSX', () => {
  test('has real numbers, filters, and texts in place of formulas', async () => {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(await fileOf('xlsx'));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Übersicht', 'Befunde', 'Dateien']);
    const [summary, findings, items] = workbook.worksheets;
    expect(findings?.rowCount).toBe(check.findings.length + 1);
    expect(items?.rowCount).toBe(check.items.length + 1);
    expect(findings?.autoFilter).toBeTruthy();
    expect(items?.getCell('I2').value).toBe(9);
    expect(summary?.getColumn(1).values).toContain('Positionen bestanden');
    for (const sheet of workbook.worksheets) {
      sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(exceljs.ValueType.Formula)));
    }
    const references = items?.getColumn(2).values ?? [];
    for (const name of hostileNames.filter((one) => one !== '_x000D_')) expect(references).toContain(visible(name));
  });
});

describe('a workbook of more rows than are gathered', () => {
  const many = () =>
    withItems(
      check,
      Array.from({ length: 2000 }, (_, index) => ({ name: `${index}.pdf`, state: 'failed' as const })),
    );

  test('has all of them', async () => {
    const path = join(folder, 'many.xlsx');
    await writeCheck(reportOn(many(), 'de'), 'xlsx', path);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(path);
    expect(workbook.worksheets.map(({ rowCount }) => rowCount).slice(1)).toEqual([
      many().findings.length + 1,
      many().items.length + 1,
    ]);
  });

  test.runIf(existsSync('/dev/full'))('is an error where the disk is full', async () => {
    await expect(writeCheck(reportOn(many(), 'de'), 'xlsx', '/dev/full')).rejects.toMatchObject({
      exitCode: 13,
      code: 'file.not-written',
    });
  });
});

describe('HTML', () => {
  test('lets nothing out of its data, and has a policy for its own script and style alone', async () => {
    const html = await textOf('html');
    expect(html.match(/<script/g)).toHaveLength(html.match(/<\/script>/g)?.length ?? -1);
    expect(html).not.toContain('alert(1)</script>');
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
    expect(html.replace(/<script[^>]*>.*?<\/script>/gs, '')).not.toMatch(/(?:src|href|onerror)=/);
  });

  test('carries every finding and every item once', async () => {
    const html = await textOf('html');
    const rows = (name: string) =>
      [...html.matchAll(new RegExp(`data-rows="${name}">(.*)</script>`, 'g'))].flatMap(([, json]) =>
        JSON.parse(json ?? ''),
      );
    expect(rows('findings')).toHaveLength(check.findings.length);
    expect(rows('items')).toHaveLength(check.items.length);
    expect(html).toContain('freigegeben = ');
  });
});

/** The form that build servers agree on: suites of cases with failure, error, skipped, system-out. */
const junitSchema = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:attributeGroup name="counts"><xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="skipped" type="xs:nonNegativeInteger"/><xs:attribute name="time" type="xs:decimal" use="required"/><xs:attribute name="timestamp" type="xs:dateTime"/></xs:attributeGroup>
<xs:complexType name="problem"><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element name="testsuite" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="property" maxOccurs="unbounded"><xs:complexType><xs:attribute name="name" use="required"/><xs:attribute name="value" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
<xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:choice minOccurs="0"><xs:element name="failure" type="problem"/><xs:element name="error" type="problem"/></xs:choice><xs:element name="system-out" type="xs:string" minOccurs="0"/></xs:sequence><xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string" use="required"/><xs:attribute name="file" type="xs:string"/></xs:complexType></xs:element>
</xs:sequence><xs:attributeGroup ref="counts"/></xs:complexType></xs:element></xs:sequence><xs:attributeGroup ref="counts"/></xs:complexType></xs:element>
</xs:schema>`;

describe('JUnit', () => {
  test('is well-formed by the schema, and its suite of items has the counts of the books', async () => {
    const xml = await textOf('junit');
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'result.xml', contents: xml }],
      schema: [{ fileName: 'junit.xsd', contents: junitSchema }],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
    const { failed, errored, waived } = check.counts;
    expect(xml).toContain(
      `<testsuite name="items" tests="${check.items.length}" failures="${failed}" errors="${errored}" skipped="${waived}"`,
    );
    const suite = xml.slice(xml.indexOf('<testsuite name="items"'));
    expect(suite.match(/<testcase /g)).toHaveLength(check.items.length);
    expect(suite.match(/<failure /g)).toHaveLength(failed);
  });

  test('fails also where the package has no item at all', async () => {
    const xml = await textOf('junit', { ...check, items: ItemList.of([]), findings: [], verdict: 'fail' });
    expect(xml).toMatch(/<testsuites name="scanlot" tests="1" failures="\d+"/);
    expect(xml).toContain('<failure ');
  });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
      readonly artifacts: readonly { readonly location: { readonly uri: string; readonly uriBaseId: string } }[];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations?: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        }[];
      }[];
      readonly properties: { readonly counts: object; readonly items: readonly object[] };
    },
  ];
}

describe('SARIF', () => {
  test('names a rule for every result, and places by relative, encoded URIs', async () => {
    const { version, runs }: Sarif = JSON.parse(await textOf('sarif'));
    const [{ tool, artifacts, results, properties }] = runs;
    expect([version, tool.driver.name]).toEqual(['2.1.0', 'scanlot']);
    expect(results).toHaveLength(check.findings.length);
    for (const { ruleId, ruleIndex, level, message } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
    }
    const uris = [
      ...artifacts.map(({ location }) => location.uri),
      ...results.flatMap(({ locations = [] }) => locations.map((one) => one.physicalLocation.artifactLocation.uri)),
    ];
    for (const uri of uris) expect(uri).toMatch(/^(?:[A-Za-z0-9._~!*'()/-]|%[0-9A-F]{2})+$/);
    expect(new Set(artifacts.map(({ location }) => location.uri)).size).toBe(artifacts.length);
    expect(properties.counts).toEqual(check.counts);
    expect(properties.items).toHaveLength(check.items.length);
  });

  test('never leads out of the package', async () => {
    const [first] = check.findings;
    const outside = ['//host/share', '/etc/passwd', '../../x', 'C:\\x', 'http://example.org/'];
    const findings = outside.map((path) => ({ ...first!, path }));
    const { runs }: Sarif = JSON.parse(await textOf('sarif', { ...check, findings }));
    const uris = runs[0].results.map(({ locations }) => locations?.[0]?.physicalLocation.artifactLocation.uri);
    expect(uris).toEqual(['%2F%2Fhost/share', '%2Fetc/passwd', '%2E%2E/%2E%2E/x', 'C%3A%5Cx', 'http%3A//example.org/']);
  });
});

describe('DOCX and PDF', () => {
  test('a DOCX lists every finding in a row, and is well-formed', async () => {
    const parts = readOwnZip(readFileSync(await fileOf('docx')));
    const part = parts.find(({ name }) => name === 'word/document.xml');
    const xml = Buffer.from(part?.content as Uint8Array).toString('utf8');
    for (const code of new Set(check.findings.map((finding) => finding.code))) expect(xml).toContain(code);
    expect(xml.match(/<w:tblHeader\/>/g)?.length).toBe(new Set(check.findings.map(({ code }) => code)).size + 1);
    expect(xml).toContain('invoice[U+202E]gpj.exe');
    expect(xml).not.toMatch(/@@TABLE-\d+@@<\/w:t><\/w:r><\/w:p><w:p>/);
    const { errors } = await validateXML({
      xml: [{ fileName: 'document.xml', contents: xml }],
      schema: [{ fileName: 'any.xsd', contents: anySchema }],
    });
    expect(errors).toEqual([]);
  });

  test('a PDF says the same', async () => {
    const words = (await pdfWords(readFileSync(await fileOf('pdf')))).join(' ');
    for (const code of new Set(check.findings.map((finding) => finding.code))) expect(words).toContain(code);
    expect(words).toContain('freigegeben = ');
    expect(words).toContain(`1.${hostileNames.length + 1}`);
  });
});

/** Takes whatever is well-formed. */
const anySchema = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><xs:element name="document"><xs:complexType><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`;
