import type { PickedFile } from '../../custody/pick-list-import.ts';
import { fileKey } from '../../custody/reference.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { type CheckContext, placeOfRow } from '../context.ts';
import { declaredCount } from '../declared.ts';

/** What the rows of a package say of one file (Akte). */
interface DeclaredFile {
  readonly rows: ManifestRow[];
  /** Whether any of the rows can be relied on. */
  sound: boolean;
}

/**
 * The package against the pick list, where one was given: files that are on one side alone, other boxes, other sheets.
 * Without a manifest that was read to its end nobody knows what is missing: that has been told.
 */
export function* pickListDifferences(context: CheckContext): Iterable<Finding> {
  const { pickList, rows, manifests } = context;
  if (!pickList) return;
  const declared = filesOf(rows);
  const picked = new Map(pickList.map((file) => [fileKey(file), file]));
  const isComplete = manifests.length > 0 && manifests.every(({ complete }) => complete);
  for (const [key, file] of picked) {
    const found = declared.get(key);
    if (found?.sound) yield* differences(file, found.rows);
    else if (!found && isComplete) yield missing(file);
  }
  for (const [key, { rows: own, sound }] of declared) {
    const [first] = own;
    if (!first || !sound || picked.has(key)) continue;
    yield createFinding('pick-list.file-not-listed', placeOfRow(first), nameOf(first));
  }
}

function filesOf(rows: Iterable<ManifestRow>): Map<string, DeclaredFile> {
  const files = new Map<string, DeclaredFile>();
  for (const row of rows) {
    const { reference, volume = '' } = row.values;
    if (reference === undefined) continue;
    const key = fileKey({ reference, volume });
    const file = files.get(key) ?? { rows: [], sound: false };
    files.set(key, file);
    file.rows.push(row);
    file.sound ||= !row.broken;
  }
  return files;
}

function missing({ reference, volume, box, row }: PickedFile): Finding {
  return createFinding(
    'pick-list.file-missing',
    { path: '', reference },
    { fileReference: reference, volume, box, row },
  );
}

function* differences(picked: PickedFile, rows: readonly ManifestRow[]): Iterable<Finding> {
  const elsewhere = rows.find(({ values: { box } }) => box !== undefined && box !== picked.box);
  const box = elsewhere?.values.box;
  if (elsewhere && box !== undefined && picked.box !== null) {
    const args = { ...nameOf(elsewhere), box, listed: picked.box };
    yield createFinding('pick-list.box-differs', placeOfRow(elsewhere), args);
  }
  const [first] = rows;
  const sheets = sheetsOf(rows);
  if (!first || sheets === null || picked.expectedSheets === null || sheets === picked.expectedSheets) return;
  const args = { ...nameOf(first), sheets, listed: picked.expectedSheets };
  yield createFinding('pick-list.sheets-differ', placeOfRow(first), args);
}

/** The sheets of all rows; null where one of them declares none. */
function sheetsOf(rows: readonly ManifestRow[]): number | null {
  let sum = 0;
  for (const { broken, values } of rows) {
    const sheets = broken ? null : declaredCount(values, 'sheets');
    if (sheets === null) return null;
    sum += sheets;
  }
  return sum;
}

function nameOf({ values: { reference = '', volume = '' } }: ManifestRow) {
  return { fileReference: reference, volume };
}
