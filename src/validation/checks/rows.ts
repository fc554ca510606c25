import { algorithmOf } from '../../delivery/checksum-line.ts';
import { countFields, isDigestField } from '../../delivery/columns.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import type { RowValues } from '../../delivery/row-schema.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { parseDate } from '../../shared/dates.ts';
import { type CheckContext, placeOfRow } from '../context.ts';
import { readCount } from '../declared.ts';

type Expected = 'count' | 'date' | 'digest';

/** The values of each row: by the profile's row schema, then by what scanlot itself has to read in them. */
export function* rowValues(context: CheckContext): Iterable<Finding> {
  const columns = new Map(context.profile.columns.map(({ field, column }) => [field, column]));
  for (const row of context.rows) {
    if (row.broken) continue;
    const told = new Set<string>();
    for (const { field, ...violation } of context.profile.rowCheck(row.values)) {
      told.add(field);
      const args = { field, column: columns.get(field) ?? field, ...violation };
      yield createFinding('manifest.row-invalid', placeOfRow(row), args);
    }
    for (const [field, expected] of unreadableValues(row.values)) {
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

function* unreadableValues(values: RowValues): Iterable<[string, Expected]> {
  for (const field of countFields) {
    if (values[field] !== undefined && readCount(values[field]) === undefined) yield [field, 'count'];
  }
  if (values.date !== undefined && parseDate(values.date) === undefined) yield ['date', 'date'];
  for (const [field, value] of Object.entries(values)) {
    if (isDigestField(field) && algorithmOf(value) !== field) yield [field, 'digest'];
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
