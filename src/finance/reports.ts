import { requireLot } from '../contract/store.ts';
import { type BuiltReport, buildDefined } from '../reporting/definition/build-report.ts';
import type { Dataset } from '../reporting/definition/dataset.ts';
import type { ReportDefinition } from '../reporting/definition/definition.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';
import { departmentsOf, type Selection, yearsOf } from './cost-report/costs.ts';
import { knownDepartment, knownYear, subtitleOf } from './cost-report/selection.ts';
import { costReportOf } from './cost-report.ts';
import { datasetSources } from './datasets/index.ts';
import { type BooksState, chooseBooks, type ReportBooks, readBooks } from './report-books.ts';
import { type DefinitionFile, letterPath, listDefinitions, readDefinition } from './report-definitions.ts';

/** What a report shall be about; nothing asked: everything recorded. */
export interface ReportRequest {
  readonly year?: number | undefined;
  /** Key of a lot, or "CONTRACT/KEY". */
  readonly lot?: string | undefined;
  readonly department?: string | undefined;
  /** Only what was performed or ordered from this day on, and up to that one. */
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  /** The state at the end of that day. */
  readonly asOf?: CalendarDate | undefined;
}

/** A report that was built, with what its figures are made of. */
export interface WorkspaceReport extends BuiltReport {
  readonly definition: ReportDefinition;
  readonly books: ReportBooks;
  /** Path of its letter template, where it has one. */
  readonly letter: string | undefined;
}

/** A report that can be asked for. */
export interface ListedReport {
  readonly name: string;
  readonly title: Text;
  readonly summary: Text;
  readonly from: DefinitionFile['from'];
  readonly tables: readonly string[];
  /** Whether it can be written as a letter (DOCX). */
  readonly letter: boolean;
}

/** The reports of the program and of the county. @throws UsageError for a definition that is not sound */
export function listReports({ paths }: Pick<Workspace, 'paths'>): ListedReport[] {
  return listDefinitions(paths).map((file) => {
    const { title, summary, tables, letter } = readDefinition(file);
    const keys = tables.map(({ key }) => key);
    return { name: file.name, title, summary, from: file.from, tables: keys, letter: letter !== undefined };
  });
}

/**
 * Builds a report by its name.
 * @throws UsageError that lists all reports, when none is named or there is none of that name; for a lot, department or
 *   year that the books do not know
 */
export async function buildReport(
  workspace: Workspace,
  name: string | undefined,
  request: ReportRequest,
): Promise<WorkspaceReport> {
  const files = listDefinitions(workspace.paths);
  const file = files.find((one) => one.name === name);
  if (!file) throw noReport(name, files);
  const definition = readDefinition(file);
  const state = await readBooks(workspace, request.asOf);
  const selection = await selectionOf(workspace, state, request);
  const books = chooseBooks(state, selection);
  const at = workspace.now();
  const origin = {
    asOf: state.today,
    generatedAt: at.toISOString(),
    source: text({ de: `scanlot, ${workspace.config.county}`, en: `scanlot, ${workspace.config.county}` }),
  };
  const base = definition.base === undefined ? undefined : costReportOf(state, selection, origin);
  const datasets = new Map<string, Dataset>();
  for (const { dataset } of [...definition.tables, ...(definition.facts ?? [])]) {
    const source = datasetSources[dataset];
    if (source && !datasets.has(dataset)) datasets.set(dataset, source.rows(books));
  }
  const subtitle = subtitleOf(selection);
  const letter = definition.letter === undefined ? undefined : letterPath(file, definition.letter, workspace.paths);
  const built = buildDefined(definition, datasets, { ...origin, ...(subtitle ? { subtitle } : {}) }, base);
  return { ...built, definition, books, letter };
}

async function selectionOf({ db }: Workspace, state: BooksState, request: ReportRequest): Promise<Selection> {
  const { from, to, asOf, year, department } = request;
  const lot = request.lot === undefined ? undefined : await requireLot(db, request.lot);
  return {
    from,
    to,
    asOf,
    lot: lot && state.ledger.lots.find(({ id }) => id === lot.id),
    year: year === undefined ? undefined : knownYear(year, yearsOf(state)),
    department: department === undefined ? undefined : knownDepartment(department, departmentsOf(state)),
  };
}

function noReport(name: string | undefined, files: readonly DefinitionFile[]): UsageError {
  const names = files.map((file) => file.name);
  const near = name === undefined ? undefined : nearest(name, names);
  return new UsageError(
    name === undefined ? 'report.none-named' : 'report.unknown',
    name === undefined
      ? text({ de: 'Welcher Bericht?', en: 'Which report?' })
      : text({ de: `Den Bericht „${name}“ gibt es nicht.`, en: `There is no report "${name}".` }),
    near === undefined
      ? text({
          de: `Einen der genannten angeben, etwa: scanlot report ${names[0]}`,
          en: `Name one of these, such as: scanlot report ${names[0]}`,
        })
      : text({ de: `Meinten Sie „${near}“?`, en: `Did you mean "${near}"?` }),
    files.map((file) => {
      const { summary } = readDefinition(file);
      return text({ de: `${file.name}: ${summary.de}`, en: `${file.name}: ${summary.en}` });
    }),
  );
}
