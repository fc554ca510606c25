import type { Report } from '../reporting/model.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';

/** What a report shall be about; nothing asked: everything recorded. */
export interface ReportRequest {
  readonly year?: number | undefined;
  /** Key of a lot, or "CONTRACT/KEY". */
  readonly lot?: string | undefined;
  readonly department?: string | undefined;
  /** The state at the end of that day. */
  readonly asOf?: CalendarDate | undefined;
}

interface ReportDefinition {
  readonly summary: Text;
  /** Loads the builder only when the report is asked for. */
  load(): Promise<(workspace: Workspace, request: ReportRequest) => Promise<Report>>;
}

/** The reports by name: a new one is a file that builds it, and an entry here. */
export const reports: Readonly<Record<string, ReportDefinition>> = {
  'cost-against-budget': {
    summary: text({
      de: 'Kosten gegen Haushalt: Ansätze, Gebundenes, Abgenommenes, Lose, Ämter, Stückkosten, Bewegungen',
      en: 'cost against budget: appropriations, commitments, acceptances, lots, departments, unit costs, movements',
    }),
    load: async () => (await import('./cost-report.ts')).costReport,
  },
};

export const reportNames: readonly string[] = Object.keys(reports);

/** @throws UsageError that lists all reports, when none is named or there is none of that name */
export async function buildReport(
  workspace: Workspace,
  name: string | undefined,
  request: ReportRequest,
): Promise<Report> {
  const definition = name !== undefined && Object.hasOwn(reports, name) ? reports[name] : undefined;
  if (!definition) throw noReport(name);
  return (await definition.load())(workspace, request);
}

function noReport(name: string | undefined): UsageError {
  const near = name === undefined ? undefined : nearest(name, reportNames);
  const [only] = reportNames;
  return new UsageError(
    name === undefined ? 'report.none-named' : 'report.unknown',
    name === undefined
      ? text({ de: 'Welcher Bericht?', en: 'Which report?' })
      : text({ de: `Den Bericht „${name}“ gibt es nicht.`, en: `There is no report "${name}".` }),
    near === undefined
      ? text({
          de: `Einen der genannten angeben, etwa: scanlot report ${only}`,
          en: `Name one of these, such as: scanlot report ${only}`,
        })
      : text({ de: `Meinten Sie „${near}“?`, en: `Did you mean "${near}"?` }),
    Object.entries(reports).map(([key, { summary }]) =>
      text({ de: `${key}: ${summary.de}`, en: `${key}: ${summary.en}` }),
    ),
  );
}
