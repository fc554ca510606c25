import type { ManifestRow } from '../../delivery/manifest.ts';
import { createFinding, type Finding, type Place } from '../../findings/finding.ts';
import { type CheckContext, documentsOf, documentsOfRow, factsOf, pagesOf, placeOfRow } from '../context.ts';
import { declaredCount } from '../declared.ts';

/** Documents whose pages cannot be vouched for, where the reader named no error that says so; documents without pages. */
export function* countablePages(context: CheckContext): Iterable<Finding> {
  for (const { path } of documentsOf(context)) {
    const facts = factsOf(context, path);
    if (!facts || context.isBlamed({ path })) continue;
    if (facts.pages === null) yield createFinding('pages.uncounted', { path }, {});
    else if (facts.pages === 0) yield createFinding('pages.none', { path }, {});
  }
}

/** Pages as declared against pages as counted in the bytes. */
export function* declaredPages(context: CheckContext): Iterable<Finding> {
  const { declaredEqualsCounted = false, tolerance = 0 } = context.profile.source.pages ?? {};
  if (!declaredEqualsCounted) return;
  for (const row of context.rows) {
    const counted = row.broken ? null : pagesOf(context, documentsOfRow(context, row));
    const declared = declaredCount(row.values, 'pages');
    if (counted === null || declared === null || counted === declared) continue;
    const place = placeOfPages(context, row);
    if (context.fileRows && context.isBlamed(place)) continue;
    if (Math.abs(counted - declared) > tolerance)
      yield createFinding('pages.count-differs', place, { declared, counted });
    else yield createFinding('pages.count-differs-slightly', place, { declared, counted, tolerance });
  }
}

/** What is wrong with pages is told of the document; of the row where it stands for a whole file. */
function placeOfPages({ fileRows }: CheckContext, row: ManifestRow): Place {
  return fileRows ? placeOfRow(row) : { path: row.path, row: row.row };
}

/**
 * Sheets × 2 against pages + removed blanks. The pages are the declared ones, so that the row is judged for itself; that
 * they are not the counted ones is told by `declaredPages`.
 */
export function* sheetsAndPages(context: CheckContext): Iterable<Finding> {
  const { sheetsTimesTwo = false, tolerance = 0 } = context.profile.source.pages ?? {};
  if (!sheetsTimesTwo) return;
  for (const row of context.rows) {
    const { broken, values } = row;
    if (broken || documentsOfRow(context, row).length === 0) continue;
    const sheets = declaredCount(values, 'sheets');
    const removedBlanks = declaredCount(values, 'removedBlanks');
    const pages = declaredCount(values, 'pages') ?? pagesOf(context, documentsOfRow(context, row));
    if (sheets === null || removedBlanks === null || pages === null) continue;
    const difference = Math.abs(sheets * 2 - pages - removedBlanks);
    if (difference === 0) continue;
    const place = placeOfPages(context, row);
    const args = { sheets, pages, removedBlanks };
    if (difference > tolerance) yield createFinding('pages.sheets-differ', place, args);
    else yield createFinding('pages.sheets-differ-slightly', place, { ...args, tolerance });
  }
}
