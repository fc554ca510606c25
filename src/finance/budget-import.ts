import { change } from '../audit/change.ts';
import { readDocument } from '../shared/document.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, parseCents, zero } from '../shared/money.ts';
import { type ImportedTable, importTable } from '../shared/tables/import-table.ts';
import type { TableOptions } from '../shared/tables/open-table.ts';
import type { Workspace } from '../storage/workspace.ts';
import { budgetColumns } from './budget-columns.ts';
import { type BudgetKey, type BudgetLine, budgetKey, budgetName, budgetRecord } from './budget-line.ts';
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
  /** Headings of a table that were not used. */
  readonly ignored: readonly string[];
  /** How a table was read; undefined for a document (JSON, YAML). */
  readonly table: ImportedTable<unknown>['table'] | undefined;
}

interface ReadBudget extends Pick<ImportedBudget, 'ignored' | 'table'> {
  readonly lines: readonly BudgetLine[];
}

/**
 * Takes over budget lines from a document (JSON, YAML by schemas/budget-1.schema.json) or a table (CSV, XLSX): new ones
 * are added, known ones updated by year, account and cost centre, none is deleted. All or none, in one change.
 * @throws UsageError that lists every mistake of the file
 */
export async function importBudget(
  workspace: Workspace,
  path: string,
  options: TableOptions = {},
): Promise<ImportedBudget> {
  const { lines, ignored, table } = /\.(json|ya?ml)$/i.test(path)
    ? readBudgetDocument(path)
    : await readBudgetTable(path, options);
  return { ...(await save(workspace, lines)), ignored, table };
}

type Told = Pick<ImportedBudget, 'added' | 'changed' | 'unchanged' | 'absent'>;

async function save(workspace: Workspace, lines: readonly BudgetLine[]): Promise<Told> {
  return change(workspace, async ({ db, record }) => {
    const known = new Map((await selectBudgetLines(db)).map((line) => [budgetKey(line), line]));
    const added: BudgetLine[] = [];
    const changed: ChangedBudgetLine[] = [];
    const unchanged: BudgetLine[] = [];
    for (const line of lines) {
      const before = known.get(budgetKey(line));
      known.delete(budgetKey(line));
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
    const years = new Set(lines.map(({ fiscalYear }) => fiscalYear));
    return { added, changed, unchanged, absent: [...known.values()].filter(({ fiscalYear }) => years.has(fiscalYear)) };
  });
}

function differences(before: BudgetLine, after: BudgetLine): (keyof BudgetLine)[] {
  return (Object.keys(after) as (keyof BudgetLine)[]).filter((field) => before[field] !== after[field]);
}

interface BudgetDocument {
  readonly lines: readonly (BudgetKey & {
    readonly department: string;
    readonly title?: string;
    readonly appropriation: string;
    readonly carryOver?: string;
  })[];
}

function readBudgetDocument(path: string): ReadBudget {
  const { lines } = readDocument<BudgetDocument>(path, 'budget-1');
  const firstAt = new Map<string, number>();
  const mistakes: Text[] = [];
  for (const [index, line] of lines.entries()) {
    const earlier = firstAt.get(normalKey(line));
    if (earlier === undefined) firstAt.set(normalKey(line), index);
    else mistakes.push(standsTwice(line, earlier, index));
  }
  if (mistakes.length > 0) throw inconsistent(path, mistakes);
  const read = lines.map((line) => ({
    fiscalYear: line.fiscalYear,
    account: line.account.normalize('NFC'),
    costCentre: line.costCentre.normalize('NFC'),
    department: line.department.trim().normalize('NFC'),
    title: (line.title ?? '').trim().normalize('NFC'),
    appropriation: amount(line.appropriation),
    carryOver: amount(line.carryOver ?? '0.00'),
  }));
  return { lines: read, ignored: [], table: undefined };
}

function normalKey(line: BudgetKey): string {
  return budgetKey(line).normalize('NFC');
}

function amount(decimal: string): Cents {
  const value = parseCents(decimal);
  if (value === undefined) throw new Error(`the schema let through ${decimal}`);
  return value;
}

async function readBudgetTable(path: string, options: TableOptions): Promise<ReadBudget> {
  const rowOfKey = new Map<string, number>();
  const { rows, ignored, table } = await importTable(path, budgetColumns, {
    ...options,
    check({ fiscalYear, account, costCentre }, report, row) {
      if (fiscalYear === undefined || account === undefined || costCentre === undefined) return;
      const key = budgetKey({ fiscalYear, account, costCentre });
      const earlier = rowOfKey.get(key);
      if (earlier === undefined) rowOfKey.set(key, row);
      else report('account', taken(earlier));
    },
  });
  const lines = rows.map(({ values }) => ({
    fiscalYear: values.fiscalYear,
    account: values.account,
    costCentre: values.costCentre,
    department: values.department,
    title: values.title ?? '',
    appropriation: values.appropriation,
    carryOver: values.carryOver ?? zero,
  }));
  return { lines, ignored, table };
}

function taken(row: number): Text {
  return text({
    de: `je Jahr, Konto und Kostenstelle eine Zeile (dieselben stehen schon in Zeile ${row})`,
    en: `one row for each year, account and cost centre (row ${row} has the same)`,
  });
}

function standsTwice(line: BudgetKey, earlier: number, index: number): Text {
  return text({
    de: `lines.${earlier} und lines.${index}: ${budgetName(line)} steht zweimal da`,
    en: `lines.${earlier} and lines.${index}: ${budgetName(line)} stands twice`,
  });
}

function inconsistent(path: string, mistakes: readonly Text[]): UsageError {
  return new UsageError(
    'budget.inconsistent',
    text({ de: `${path} widerspricht sich.`, en: `${path} contradicts itself.` }),
    text({
      de: 'Je Haushaltsjahr, Konto und Kostenstelle eine Zeile; Beträge zusammenfassen.',
      en: 'One line for each fiscal year, account and cost centre; add the amounts up.',
    }),
    mistakes,
  );
}
