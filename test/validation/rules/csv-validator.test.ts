import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RuleSource } from '../../../src/delivery/profile/rule-source.ts';
import type { DeliveryProfile } from '../../../src/delivery/profile.ts';
import { prepareProfile } from '../../../src/delivery/profile.ts';
import { createCsvReader } from '../../../src/shared/tables/csv-rows.ts';
import { corpus } from '../../support/corpora.ts';
import { checkFiles } from '../../support/delivery.ts';
import { tablePdf } from '../../support/sample-pdfs.ts';

/** The acceptance schemas of csv-validator, translated: docs/conformance.md, section "csv-validator". */
const folder = corpus(
  'csv-validator/csv-validator-core/src/test/resources/uk/gov/nationalarchives/csv/validator/acceptance',
);

interface Translation {
  /** Fields of the columns, from left to right. */
  readonly fields: readonly string[];
  /** "@noHeader": the file begins with a row of values. */
  readonly noHeader?: true;
  readonly row?: DeliveryProfile['row'];
  readonly rules?: readonly RuleSource[];
  /** File → rows of it that fail, counted from 1 without the header. */
  readonly files: Readonly<Record<string, readonly number[]>>;
}

const message = { de: 'verletzt', en: 'broken' };
const must = (check: string, where?: string): RuleSource => ({
  id: 'must',
  check,
  message,
  ...(where ? { where } : {}),
});
const properties = (schemas: Readonly<Record<string, object>>) => ({ properties: schemas });
const whole = (pattern: string) => ({ pattern: `^(?:${pattern})$` });
const filled = (...fields: string[]) => ({ required: fields });
const or = (field: string) => `(has(row.${field}) ? row.${field} : "")`;

const translations: Readonly<Record<string, Translation>> = {
  'regexRuleSchema.csvs': {
    fields: ['name', 'age'],
    row: { ...filled('age'), ...properties({ age: whole('[0-9]+') }) },
    files: { 'regexRulePassMetaData.csv': [] },
  },
  'regexRuleSchemaWithNoHeaderSet.csvs': {
    fields: ['name', 'age'],
    noHeader: true,
    row: { ...filled('age'), ...properties({ age: whole('[0-9]+') }) },
    files: { 'regexRuleFailMetaData.csv': [1] },
  },
  'rangeRuleSchema.csvs': {
    fields: ['name', 'year'],
    rules: [must('int(row.year) >= 1910')],
    files: { 'rangeRulePassMetaData.csv': [], 'rangeRuleFailMetaData.csv': [2] },
  },
  'ifRuleSchema.csvs': {
    fields: ['name', 'rule'],
    rules: [must('row.rule == "hello world"', 'row.name.startsWith("hello")')],
    files: { 'ifRulePassMetaData.csv': [], 'ifRuleFailThenMetaData.csv': [1] },
  },
  'ifElseRuleSchema.csvs': {
    fields: ['name', 'rule'],
    rules: [must('row.name.startsWith("hello") ? row.rule == "hello world" : row.rule == row.rule.upperAscii()')],
    files: { 'ifRulePassMetaData.csv': [], 'ifRuleFailThenMetaData.csv': [1], 'ifRuleFailElseMetaData.csv': [3] },
  },
  'switch1RuleSchema.csvs': {
    fields: ['name', 'rule'],
    rules: [must('row.rule == "hello world"', 'row.name.startsWith("hello")')],
    files: { 'switch1RulePassMetaData.csv': [], 'switch1RuleFailMetaData.csv': [1] },
  },
  'inRuleSchema.csvs': {
    fields: ['name', 'part'],
    noHeader: true,
    rules: [must('"thevaluemustbeinthisstring".contains(row.part)')],
    files: { 'inRulePassMetaData.csv': [], 'inRuleFailMetaData.csv': [1, 3] },
  },
  'inRuleCrossReferenceSchema.csvs': {
    fields: ['firstName', 'fullName'],
    noHeader: true,
    rules: [must('row.fullName.contains(row.firstName)')],
    files: { 'inRuleCrossReferencePassMetaData.csv': [], 'inRuleCrossReferenceFailMetaData.csv': [2] },
  },
  'twoRuleSchema.csvs': {
    fields: ['name', 'fullName'],
    noHeader: true,
    row: properties({ name: whole('[a-z]+') }),
    rules: [must('row.fullName.contains(row.name)')],
    files: { 'twoRulesFailMetaData.csv': [1, 2] },
  },
  'rulesSchema.csvs': {
    fields: ['name', 'age', 'crossRef'],
    noHeader: true,
    row: properties({ age: whole('[0-9]+[a-z]+'), crossRef: whole('[a-z]+') }),
    rules: [must('"99yearstoday".contains(row.age) && row.name.contains(row.crossRef)')],
    files: { 'twoRulesPassMetaData.csv': [] },
  },
  'optionalSchema.csvs': {
    fields: ['name', 'fullName'],
    noHeader: true,
    rules: [must('row.fullName.contains(row.name)', 'has(row.name)')],
    files: { 'optionalPassMetaData.csv': [], 'optionalFailMetaData.csv': [1] },
  },
  'ignoreCaseSchema.csvs': {
    fields: ['name', 'fullName'],
    noHeader: true,
    rules: [must('row.fullName.lowerAscii().contains(row.name.lowerAscii())')],
    files: { 'ignoreCasePassMetaData.csv': [] },
  },
  'anyRuleSchema.csvs': {
    fields: ['name', 'any'],
    noHeader: true,
    row: { ...filled('any'), ...properties({ any: { enum: ['value1', 'value2', 'value3'] } }) },
    files: { 'anyRulePassMetaData.csv': [], 'anyRuleFailMetaData.csv': [4] },
  },
  'orWithTwoRulesSchema.csvs': {
    fields: ['name', 'country'],
    noHeader: true,
    row: { ...filled('country'), ...properties({ country: { anyOf: [whole('[A-Z][a-z]+'), whole('[0-9]+')] } }) },
    files: { 'orWithTwoRulesPassMetaData.csv': [], 'orWithTwoRulesFailMetaData.csv': [4] },
  },
  'orWithFourRulesSchema.csvs': {
    fields: ['name', 'country'],
    noHeader: true,
    rules: [
      must(
        '"EnglandUkBritain".contains(row.country) || "France".contains(row.country) || ("Germany".contains(row.country) && row.country.matches("^[A-Z].+$"))',
      ),
    ],
    files: { 'orWithFourRulesPassMetaData.csv': [] },
  },
  'identicalSchema.csvs': {
    fields: ['name', 'fullName'],
    noHeader: true,
    rules: [{ id: 'identical', count: { of: 'fullName', maximum: 1 } }],
    files: { 'identicalPassMetaData.csv': [], 'identicalFailMetaData.csv': [1] },
  },
  'concat.csvs': {
    fields: ['c1', 'c2', 'c3'],
    rules: [must(`${or('c3')} == ${or('c1')} + ${or('c2')}`)],
    // Values are read without surrounding spaces: "hello " + "world" has none.
    files: { 'concatPass.csv': [1, 2], 'concatFail.csv': [1, 2, 3] },
  },
  'concat4.csvs': {
    fields: ['c1', 'c2', 'c3', 'c4', 'c5'],
    rules: [must(`${or('c5')} == ${or('c1')} + ${or('c2')} + "hello" + ${or('c4')}`)],
    files: { 'concat4Pass.csv': [], 'concat4Fail.csv': [2] },
  },
  'noext.csvs': {
    fields: ['identifier', 'noext'],
    rules: [
      must(
        'row.noext == (row.identifier.contains(".") ? row.identifier.substring(0, row.identifier.lastIndexOf(".")) : row.identifier)',
      ),
    ],
    files: { 'noextPass.csv': [], 'noextFail.csv': [3] },
  },
  'xsdDateTime.csvs': {
    fields: ['moment'],
    row: { ...filled('moment'), ...properties({ moment: { format: 'iso-date-time' } }) },
    files: { 'xsdDateTimePass.csv': [], 'xsdDateTimeFail.csv': [2] },
  },
  'xsdDateTimeRange.csvs': {
    fields: ['moment'],
    row: properties({ moment: { format: 'iso-date-time' } }),
    rules: [must('row.moment >= "2012-01-01T01:00:00" && row.moment <= "2013-01-01T01:00:00"')],
    files: { 'xsdDateTimeRangePass.csv': [], 'xsdDateTimeRangeFail.csv': [2] },
  },
  'xsdDateTimeTz.csvs': {
    fields: ['moment'],
    row: properties({ moment: { format: 'iso-date-time', ...whole('.*(?:Z|[+-][0-9]{2}:[0-9]{2})') } }),
    files: { 'xsdDateTimeTzPass.csv': [], 'xsdDateTimeTzFail.csv': [4] },
  },
  'xsdDateTimeTzRange.csvs': {
    fields: ['moment'],
    rules: [
      must(
        'timestamp(row.moment) >= timestamp("2012-01-01T01:00:00Z") && timestamp(row.moment) <= timestamp("2013-01-01T01:00:00Z")',
      ),
    ],
    files: { 'xsdDateTimeTzRangePass.csv': [], 'xsdDateTimeTzRangeFail.csv': [2] },
  },
  'warnings.csvs': {
    fields: ['department', 'division'],
    rules: [
      { ...must('row.department == "WO"'), id: 'department', severity: 'warning' },
      { ...must('row.division == "13"'), id: 'division' },
    ],
    files: { 'warnings.csv': [] },
  },
};

/** Field names stand for the columns; each row gets a document, for our rows are about documents. */
async function failingRows({ fields, noHeader, row, rules = [] }: Translation, file: string): Promise<number[]> {
  const reader = createCsvReader({ delimiter: ',', quote: '"' });
  const source = readFileSync(join(folder ?? '', file), 'utf8');
  const records = [...reader.write(source), ...reader.end()]
    .map(({ cells }) => cells.map(String))
    .filter((cells) => cells.some((cell) => cell !== ''));
  const values = records.slice(noHeader ? 0 : 1);
  const columns = Object.fromEntries(fields.map((field) => [field, { column: field, optional: true }]));
  const profile = prepareProfile({
    profile: 'csv-validator',
    version: '1',
    title: file,
    layout: { manifests: ['index.csv'], files: ['*.pdf'] },
    checksums: { required: false },
    manifest: { columns: { path: 'path', fields: columns } },
    ...(row === undefined ? {} : { row }),
    rules,
  });
  if (Array.isArray(profile))
    throw new Error(profile.map(({ steps, words }) => `${steps.join('.')}: ${words.en}`).join('; '));
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const line = (cells: readonly string[]) => `${cells.map(quote).join(';')}\n`;
  const manifest =
    line(['path', ...fields]) +
    values.map((cells, index) => line([`${index}.pdf`, ...fields.map((_, at) => cells[at] ?? '')])).join('');
  const pdf = tablePdf(1);
  const { findings } = await checkFiles(
    { 'index.csv': manifest, ...Object.fromEntries(values.map((_, index) => [`${index}.pdf`, pdf])) },
    profile,
  );
  const rows = findings
    .filter(({ severity, row: at }) => severity === 'error' && at !== undefined)
    .map(({ row: at }) => (at ?? 0) - 1);
  return [...new Set(rows)].sort((a, b) => a - b);
}

describe.skipIf(folder === undefined)('csv-validator, its acceptance schemas as profiles', () => {
  const cases = Object.entries(translations).flatMap(([schema, translation]) =>
    Object.entries(translation.files).map(([file, failing]) => [schema, file, translation, failing] as const),
  );
  test.each(cases)('%s: %s', async (_schema, file, translation, failing) => {
    expect(await failingRows(translation, file)).toEqual(failing);
  });
});
