import { buildDefined } from '../reporting/definition/build-report.ts';
import { definitionMistakes } from '../reporting/definition/check-definition.ts';
import type { Conditions, ReportDefinition } from '../reporting/definition/definition.ts';
import type { Report } from '../reporting/model.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text, verbatim } from '../shared/language.ts';
import type { Workspace } from '../storage/workspace.ts';
import { datasetSources } from './datasets/index.ts';
import { chooseBooks, readBooks } from './report-books.ts';

interface DatasetTable {
  readonly name: string;
  readonly title: Text;
  readonly dataset: string;
  /** Fields in their order, each with its heading; all under their own titles, when none is named. */
  readonly columns: ReadonlyMap<string, string>;
  readonly where?: Conditions;
  readonly year?: number | undefined;
}

/** One dataset as a report of one table, for other systems to read. @throws UsageError for a field it does not have */
export async function datasetReport(workspace: Workspace, table: DatasetTable): Promise<Report> {
  const { name, title, dataset, columns, where, year } = table;
  const source = datasetSources[dataset];
  if (!source) throw new TypeError(`no dataset ${dataset}`);
  const fields = columns.size > 0 ? [...columns] : Object.keys(source.fields).map((field) => [field, ''] as const);
  const definition: ReportDefinition = {
    name,
    title,
    summary: title,
    tables: [
      {
        key: name,
        title,
        dataset,
        ...(where ? { where } : {}),
        columns: fields.map(([field, heading]) => ({
          key: field,
          field,
          ...(heading === '' ? {} : { title: verbatim(heading) }),
        })),
      },
    ],
  };
  const mistakes = definitionMistakes(definition, { datasets: new Map([[dataset, source.fields]]), bases: [] });
  if (mistakes.length > 0) throw unknownFields(mistakes, Object.keys(source.fields));
  const state = await readBooks(workspace);
  const rows = source.rows(chooseBooks(state, { year }));
  return buildDefined(definition, new Map([[dataset, rows]]), {
    asOf: state.today,
    generatedAt: workspace.now().toISOString(),
    source: text({ de: `scanlot, ${workspace.config.county}`, en: `scanlot, ${workspace.config.county}` }),
  }).report;
}

function unknownFields(mistakes: readonly Text[], fields: readonly string[]): UsageError {
  return new UsageError(
    'report.unknown-column',
    text({ de: 'Diese Felder gibt es nicht.', en: 'There are no such fields.' }),
    text({ de: `Bekannt: ${fields.join(', ')}`, en: `Known: ${fields.join(', ')}` }),
    mistakes,
  );
}
