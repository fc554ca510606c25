import { type Change, change } from '../audit/change.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { zero } from '../shared/money.ts';
import { type ImportedTable, importTable } from '../shared/tables/import-table.ts';
import type { TableOptions } from '../shared/tables/open-table.ts';
import type { Workspace } from '../storage/workspace.ts';
import { budgetUse } from './budget.ts';
import { type BudgetColumn, columnsWith } from './budget-columns.ts';
import { type BudgetContent, readBudgetDocument } from './budget-document.ts';
import { type PutEntry, saveEntries } from './budget-entries.ts';
import { type BudgetLine, budgetKey, budgetName, budgetRecord } from './budget-line.ts';
import { putBudgetLine, selectBudgetLines } from './budget-store.ts';

export interface ChangedBudgetLine {
  readonly line: BudgetLine;
  readonly before: BudgetLine;
  /** Names of the members that differ, in the order of `BudgetLine`. */
  readonly fields: readonly (keyof BudgetLine)[];
}

export interface ImportedBudget {
  readonly added: readonly BudgetLine[];
  readonly changed: readonly ChangedBudgetLine[];
  readonly unchanged: readonly BudgetLine[];
  /** Lines recorded for the years of the file that it does not have: they stay, and are told. */
  readonly absent: readonly BudgetLine[];
  /** Supplements, transfers, authorities, funding, keys of sharing: what became of each. */
  readonly entries: readonly PutEntry[];
  /** Headings of a table that were not used. */
  readonly ignored: readonly string[];
  /** How a table was read; undefined for a document (JSON, YAML). */
  readonly table: ImportedTable<unknown>['table'] | undefined;
}

interface ReadBudget extends Pick<ImportedBudget, 'ignored' | 'table'> {
  readonly content: BudgetContent;
}

export interface BudgetImportOptions extends TableOptions {
  /** The county's own headings, by member of a line. */
  readonly headings?: ReadonlyMap<BudgetColumn, string>;
  /** The year of all lines of a table that has no column for it. */
  readonly year?: number | undefined;
}

/**
 * Takes over budget lines from a document (JSON, YAML by schemas/budget-1.schema.json) or a table (CSV, XLSX): new ones
 * are added, known ones updated by year, account and cost centre, none is deleted. All or none, in one change.
 * @throws UsageError that lists every mistake of the file
 */
export async function importBudget(
  workspace: Workspace,
  path: string,
  options: BudgetImportOptions = {},
): Promise<ImportedBudget> {
  const { content, ignored, table } = /\.(json|ya?ml)$/i.test(path)
    ? { content: readBudgetDocument(path), ignored: [], table: undefined }
    : await readBudgetTable(path, options);
  return { ...(await save(workspace, content)), ignored, table };
}

type Told = Pick<ImportedBudget, 'added' | 'changed' | 'unchanged' | 'absent' | 'entries'>;

async function save(workspace: Workspace, content: BudgetContent): Promise<Told> {
  const { lines } = content;
  return change(workspace, async (step) => {
    const { db, record } = step;
    const known = new Map((await selectBudgetLines(db)).map((line) => [budgetKey(line), line]));
    const added: BudgetLine[] = [];
    const changed: ChangedBudgetLine[] = [];
    const unchanged: BudgetLine[] = [];
    for (const stated of lines) {
      const before = known.get(budgetKey(stated));
      const line = { ...before, ...stated };
      known.delete(budgetKey(stated));
      const fields = before ? differences(before, line) : [];
      if (before && fields.length === 0) {
        unchanged.push(line);
        continue;
      }
      if (before) changed.push({ line, before, fields });
      else added.push(line);
      await putBudgetLine(db, line);
      record({
        action: before ? 'budget-line.changed' : 'budget-line.added',
        subject: `budget/${line.fiscalYear}/${line.account}/${line.costCentre}`,
        before: before && budgetRecord(before),
        after: budgetRecord(line),
      });
    }
    const entries = await saveEntries(step, content);
    await requireFunds(step.db);
    const years = new Set(lines.map(({ fiscalYear }) => fiscalYear));
    return {
      entries,
      added,
      changed,
      unchanged,
      absent: [...known.values()].filter(({ fiscalYear }) => years.has(fiscalYear)),
    };
  });
}

/** Rules that a list does not state stay as they are. */
function differences(before: BudgetLine, after: BudgetLine): (keyof BudgetLine)[] {
  const usual: Partial<BudgetLine> = { section: 'result', transferable: 'committed' };
  return (Object.keys(after) as (keyof BudgetLine)[]).filter(
    (field) => (before[field] ?? usual[field]) !== (after[field] ?? usual[field]),
  );
}

/** @throws UsageError for a line that changes have taken more from than it had, or that does not exist */
async function requireFunds(db: Change['db']): Promise<void> {
  const below = (await budgetUse(db)).filter(({ appropriation, funds }) => appropriation !== null && funds < 0);
  if (below.length === 0) return;
  throw new UsageError(
    'budget.below-zero',
    text({
      de: 'Nachträge und Umbuchungen nehmen mehr, als der Ansatz hat.',
      en: 'Supplements and transfers take more than the line has.',
    }),
    text({ de: 'Beträge prüfen; nichts wurde übernommen.', en: 'Check the amounts; nothing was taken over.' }),
    below.map((line) =>
      text({
        de: (f) => `${budgetName(line)}: ${f.money(line.funds)}`,
        en: (f) => `${budgetName(line)}: ${f.money(line.funds)}`,
      }),
    ),
  );
}

async function readBudgetTable(path: string, { headings, year, ...options }: BudgetImportOptions): Promise<ReadBudget> {
  const rowOfKey = new Map<string, number>();
  const { rows, ignored, table } = await importTable(path, columnsWith(headings ?? new Map(), year !== undefined), {
    ...options,
    check({ fiscalYear = year, account, costCentre }, report, row) {
      if (fiscalYear === undefined || account === undefined || costCentre === undefined) return;
      const key = budgetKey({ fiscalYear, account, costCentre });
      const earlier = rowOfKey.get(key);
      if (earlier === undefined) rowOfKey.set(key, row);
      else report('account', taken(earlier));
    },
  });
  const lines = rows.map(({ values }) => ({
    fiscalYear: values.fiscalYear ?? year ?? 0,
    account: values.account,
    costCentre: values.costCentre,
    department: values.department,
    title: values.title ?? '',
    appropriation: values.appropriation,
    carryOver: values.carryOver ?? zero,
    ...(values.section === undefined ? {} : { section: values.section }),
    ...(values.transferable === undefined ? {} : { transferable: values.transferable }),
  }));
  return { content: { lines, changes: [], authorities: [], fundings: [], sharing: [] }, ignored, table };
}

function taken(row: number): Text {
  return text({
    de: `je Jahr, Konto und Kostenstelle eine Zeile (dieselben stehen schon in Zeile ${row})`,
    en: `one row for each year, account and cost centre (row ${row} has the same)`,
  });
}
