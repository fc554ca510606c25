import { countFields, isDigestField, isDomainField, type MappedColumn } from '../../delivery/columns.ts';
import { isDigestOf } from '../../delivery/digests.ts';
import { readField } from '../../delivery/field-types.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import type { RowValues } from '../../delivery/row-schema.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { parseDate } from '../../shared/dates.ts';
import { type CheckContext, documentsOfRow, placeOfRow } from '../context.ts';
import { readCount } from '../declared.ts';

type Expected = 'count' | 'date' | 'digest' | 'integer' | 'decimal' | 'yes-no';

/** The values of each row: by the profile's row schema, then by what scanlot itself has to read in them. */
export function* rowValues(context: CheckContext): Iterable<Finding> {
  const columns = new Map(context.profile.columns.map(({ field, column }) => [field, column]));
  const typed = context.profile.columns.filter(({ field, type }) => type !== 'text' && !isDomainField(field));
  for (const row of context.rows) {
    if (row.broken) continue;
    const told = new Set<string>();
    for (const { field, ...violation } of context.profile.rowCheck(row.values)) {
      told.add(field);
      const args = { field, column: columns.get(field) ?? field, ...violation };
      yield createFinding('manifest.row-invalid', placeOfRow(row), args);
    }
    for (const [field, expected] of unreadableValues(row.values, typed)) {
      if (told.has(field)) continue;
      told.add(field);
      const args = {
        field,
        column: columns.get(field) ?? field,
        value: (row.values[field] ?? '').slice(0, 200),
        expected,
      };
      yield createFinding('manifest.value-unreadable', placeOfRow(row), args);
    }
    yield* undeclaredPages(context, row, told);
  }
}

function* unreadableValues(values: RowValues, typed: readonly MappedColumn[]): Iterable<[string, Expected]> {
  for (const field of countFields) {
    if (values[field] !== undefined && readCount(values[field]) === undefined) yield [field, 'count'];
  }
  if (values.date !== undefined && parseDate(values.date) === undefined) yield ['date', 'date'];
  for (const [field, value] of Object.entries(values)) {
    if (isDigestField(field) && !isDigestOf(value, field)) yield [field, 'digest'];
  }
  for (const { field, type } of typed) {
    const value = values[field];
    if (type !== 'text' && value !== undefined && readField(type, value) === undefined) yield [field, type];
  }
}

/** Values that the page rules need and the row does not give. */
function* undeclaredPages({ profile }: CheckContext, row: ManifestRow, told: ReadonlySet<string>): Iterable<Finding> {
  const rules = profile.source.pages ?? {};
  const missing = (field: string) => row.values[field] === undefined && !told.has(field);
  if (rules.declaredEqualsCounted && missing('pages')) yield createFinding('pages.not-declared', placeOfRow(row), {});
  if (!rules.sheetsTimesTwo) return;
  const lacking = profile.columns.filter(({ field }) => ['sheets', 'removedBlanks'].includes(field) && missing(field));
  if (lacking.length === 0) return;
  yield createFinding('pages.sheets-not-declared', placeOfRow(row), { missing: lacking.map(({ column }) => column) });
}

/** What the path of a document says by itself, against the columns of the same fields. */
export function* namedFields(context: CheckContext): Iterable<Finding> {
  for (const row of context.rows) {
    if (row.broken) continue;
    const told = new Set<string>();
    for (const { path } of documentsOfRow(context, row)) yield* namesAgainstRow(context, row, path, told);
  }
}

/** @param told fields of the row that were told for another document of the same row */
function* namesAgainstRow(
  { profile }: CheckContext,
  row: ManifestRow,
  path: string,
  told: Set<string>,
): Iterable<Finding> {
  const names = profile.namesOf(path);
  if (!names) return;
  for (const { field, column, type } of profile.columns) {
    const [named, listed] = [names[field], row.values[field]];
    if (named === undefined || listed === undefined || told.has(field) || isSame(type, named, listed)) continue;
    told.add(field);
    const args = { field, column, named: named.slice(0, 200), listed: listed.slice(0, 200) };
    yield createFinding('rule.name-differs', placeOfRow(row), args);
  }
}

/** Text in NFC; numbers and days by what they mean: 0007 is 7. */
function isSame(type: MappedColumn['type'], named: string, listed: string): boolean {
  if (named.normalize('NFC') === listed.normalize('NFC')) return true;
  if (type === 'text') return false;
  const [one, other] = [readField(type, named), readField(type, listed)];
  return one !== undefined && other !== undefined && one.valueOf() === other.valueOf();
}
