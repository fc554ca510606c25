import { change } from '../audit/change.ts';
import { type Text, text, verbatim } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';
import { type ImportedTable, importTable, type ReportMistake } from '../shared/tables/import-table.ts';
import type { TableOptions } from '../shared/tables/open-table.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type HoldingRowValues, holdingColumns } from './columns.ts';
import type { Holding } from './holding.ts';
import { type LotNames, lotNames } from './lot-names.ts';
import { estimatePages, type PagesPerMetre, pagesPerMetre } from './pages-per-metre.ts';
import { listHoldings, putHolding } from './store.ts';

export interface ChangedHolding {
  readonly key: string;
  /** Names of the members that differ, in the order of `Holding`. */
  readonly fields: readonly (keyof Holding)[];
}

export interface EstimatedHolding extends PagesPerMetre {
  readonly key: string;
}

export interface ImportedHoldings {
  readonly added: readonly string[];
  readonly changed: readonly ChangedHolding[];
  readonly unchanged: readonly string[];
  /** Holdings that are recorded but not in the file: they stay, and are told. */
  readonly absent: readonly string[];
  /** Holdings whose pages were estimated from running metres, with the pages a metre that were taken. */
  readonly estimated: readonly EstimatedHolding[];
  /** Headings of the file that were not used. */
  readonly ignored: readonly string[];
  readonly table: ImportedTable<unknown>['table'];
}

/**
 * Takes over a list of holdings (CSV, XLSX): new ones are added, known ones updated by their key, none is deleted.
 * All rows or none, in one change with one audit entry for each holding that is new or differs.
 * @throws UsageError that lists every mistake of the file
 */
export async function importHoldings(
  workspace: Workspace,
  path: string,
  options: TableOptions = {},
): Promise<ImportedHoldings> {
  const lots = await lotNames(workspace.db);
  const perMetre = await pagesPerMetre(workspace);
  const rowOfKey = new Map<string, number>();
  const { rows, ignored, table } = await importTable(path, holdingColumns, {
    ...options,
    check(values, report, row) {
      checkLot(values, lots, report);
      checkPages(values, perMetre(lotId(values, lots)), report);
      const earlier = rowOfKey.get(values.key ?? '');
      if (earlier !== undefined) report('key', keyTaken(earlier));
      else if (values.key !== undefined) rowOfKey.set(values.key, row);
    },
  });
  const read = rows.map(({ values }) => toHolding(values, lots, perMetre(lotId(values, lots))));
  const told = await save(
    workspace,
    read.map(({ holding }) => holding),
    lots,
  );
  return { ...told, estimated: read.flatMap(({ estimated }) => estimated ?? []), ignored, table };
}

async function save(
  workspace: Workspace,
  holdings: readonly Holding[],
  lots: LotNames,
): Promise<Pick<ImportedHoldings, 'added' | 'changed' | 'unchanged' | 'absent'>> {
  return change(workspace, async ({ db, record }) => {
    const known = new Map((await listHoldings(db)).map((holding) => [holding.key, holding]));
    const added: string[] = [];
    const changed: ChangedHolding[] = [];
    const unchanged: string[] = [];
    for (const holding of holdings) {
      const { key } = holding;
      const before = known.get(key);
      known.delete(key);
      const fields = before ? differences(before, holding) : [];
      if (before && fields.length === 0) {
        unchanged.push(key);
        continue;
      }
      if (before) changed.push({ key, fields });
      else added.push(key);
      await putHolding(db, holding, lots);
      record({
        action: before ? 'holding.changed' : 'holding.added',
        subject: `holding/${key}`,
        before,
        after: holding,
      });
    }
    return { added, changed, unchanged, absent: [...known.keys()] };
  });
}

function differences(before: Holding, after: Holding): (keyof Holding)[] {
  return (Object.keys(after) as (keyof Holding)[]).filter((field) => before[field] !== after[field]);
}

function lotId({ lot }: ReadValues, lots: LotNames): number | undefined {
  return lot === undefined ? undefined : lots.idOf(lot);
}

function toHolding(
  values: HoldingRowValues,
  lots: LotNames,
  perMetre: PagesPerMetre | undefined,
): { holding: Holding; estimated?: EstimatedHolding } {
  const { key, millimetres } = values;
  const id = lotId(values, lots);
  const estimated = values.pages === undefined && perMetre ? { key, ...perMetre } : undefined;
  const holding: Holding = {
    key,
    title: values.title,
    department: values.department,
    lot: id === undefined ? null : (lots.nameOf(id) ?? null),
    millimetres,
    files: values.files ?? null,
    sheets: values.sheets ?? null,
    pages: values.pages ?? estimatePages(millimetres, estimated?.pages ?? 0, 1000),
    pagesEstimated: values.pages === undefined,
    retentionUntil: values.retentionUntil ?? null,
    originalMustStay: values.originalMustStay ?? false,
    archiveOffer: values.archiveOffer ?? 'none',
    dmsGoLive: values.dmsGoLive ?? null,
    hardDeadline: values.hardDeadline ?? null,
    usage: values.usage ?? 0,
    risk: values.risk ?? 0,
    note: values.note ?? '',
  };
  return estimated ? { holding, estimated } : { holding };
}

/** What could be read of a row. */
type ReadValues = Partial<HoldingRowValues>;
type Report = ReportMistake<keyof HoldingRowValues & string>;

function checkLot({ lot }: ReadValues, lots: LotNames, report: Report): void {
  if (lot === undefined || lots.idOf(lot) !== undefined) return;
  report('lot', unknownLot(lot, lots.names));
}

function unknownLot(lot: string, names: readonly string[]): Text {
  if (names.length === 0) {
    return text({
      de: 'leer, solange kein Vertrag mit Losen erfasst ist (scanlot contract import)',
      en: 'empty, as long as no contract with lots is recorded (scanlot contract import)',
    });
  }
  const near = nearest(lot, names);
  const known = verbatim(near ?? names.join(', '));
  return text({
    de: near === undefined ? `eines der Lose ${known.de}` : `ein bekanntes Los, etwa „${known.de}“`,
    en: near === undefined ? `one of the lots ${known.en}` : `a known lot, such as "${known.en}"`,
  });
}

function checkPages(values: ReadValues, perMetre: PagesPerMetre | undefined, report: Report): void {
  if (values.pages !== undefined) {
    const most = (values.sheets ?? Number.POSITIVE_INFINITY) * 2;
    if (values.pages > most) report('pages', twoPagesASheet(most));
    return;
  }
  if (!perMetre) {
    report(
      'pages',
      text({
        de: 'die Seitenzahl; zum Schätzen aus laufenden Metern fehlt ein Erfahrungswert („planning“: { „pagesPerMetre“: … } in scanlot.json)',
        en: 'the number of pages; to estimate them from running metres, set "planning": { "pagesPerMetre": … } in scanlot.json',
      }),
    );
  } else if (values.millimetres !== undefined && estimatePages(values.millimetres, perMetre.pages, 1000) === 0) {
    report(
      'pages',
      text({ de: 'die Seitenzahl, oder laufende Meter über 0', en: 'the number of pages, or running metres above 0' }),
    );
  }
}

function twoPagesASheet(most: number): Text {
  return text({
    de: (format) => `höchstens ${format.counted(most, 'Seite', 'Seiten')}: ein Blatt hat zwei`,
    en: (format) => `at most ${format.counted(most, 'page', 'pages')}: a sheet has two`,
  });
}

function keyTaken(row: number): Text {
  return text({
    de: `ein eigenes Kürzel (dieses steht schon in Zeile ${row})`,
    en: `a key of its own (row ${row} has this one already)`,
  });
}
