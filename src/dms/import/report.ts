import type { Column, Report, Row } from '../../reporting/model.ts';
import { localDate } from '../../shared/dates.ts';
import { type Text, text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { placesWords } from '../transfer-note/places.ts';
import type { ImportOutcome } from './outcome.ts';
import { importPlanVersion, type PlannedImport } from './plan.ts';
import { actionWords, outcomeWords, reasonWords } from './words.ts';

/** Longer tables are lists to work on, not to read: they are printed with their totals only. */
const mostPrinted = 5000;

const columns: readonly Column[] = [
  { key: 'batch', title: text({ de: 'Charge', en: 'Batch' }), type: 'text' },
  { key: 'reference', title: text({ de: 'Aktenzeichen', en: 'Reference' }), type: 'text' },
  { key: 'volume', title: text({ de: 'Band', en: 'Volume' }), type: 'text' },
  { key: 'objectKey', title: text({ de: 'Schlüssel im DMS', en: 'Key in the DMS' }), type: 'text' },
  { key: 'pages', title: text({ de: 'Seiten', en: 'Pages' }), type: 'count' },
];

/** The plan of an import, for people and other programs. */
export function planReport(workspace: Workspace, plan: readonly PlannedImport[]): Report {
  const rows = plan.map(({ file, objectKey, action, reason }) => ({
    ...{ batch: file.batch, reference: file.reference, volume: file.volume, objectKey, pages: file.pages },
    action: actionWords[action],
    reason: reason && reasonWords[reason],
  }));
  return {
    ...head(workspace, 'import-plan', text({ de: 'Importplan', en: 'Import plan' })),
    facts: counts(plan.map(({ action, file }) => ({ word: actionWords[action], key: action, pages: file.pages }))),
    tables: [
      table('plan', text({ de: 'Akten', en: 'Files' }), rows, [
        { key: 'action', title: text({ de: 'Vorgang', en: 'Action' }), type: 'text' },
        { key: 'reason', title: text({ de: 'Grund', en: 'Reason' }), type: 'text' },
      ]),
    ],
    notes: [
      text({
        de: `Fassung ${importPlanVersion} des Importplans.`,
        en: `Version ${importPlanVersion} of the import plan.`,
      }),
    ],
  };
}

/** What an import did, file by file. */
export function runReport(workspace: Workspace, outcomes: readonly ImportOutcome[]): Report {
  const rows = outcomes.map((one) => ({
    ...{ batch: one.batch, reference: one.reference, volume: one.volume, objectKey: one.objectKey, pages: one.pages },
    outcome: outcomeWords(one),
    reason: one.error ?? (one.reason && reasonWords[one.reason]),
    note: one.note && placesWords(one.note),
  }));
  const hasNotes = outcomes.some(({ note }) => note !== null);
  const noteColumn = {
    key: 'note',
    title: text({ de: 'Transfervermerk', en: 'Transfer note' }),
    type: 'text',
  } as const;
  return {
    ...head(workspace, 'import-run', text({ de: 'Importprotokoll', en: 'Import protocol' })),
    facts: counts(outcomes.map((one) => ({ word: outcomeWords(one), key: one.how ?? one.outcome, pages: one.pages }))),
    tables: [
      table('files', text({ de: 'Akten', en: 'Files' }), rows, [
        { key: 'outcome', title: text({ de: 'Ergebnis', en: 'Outcome' }), type: 'text' },
        { key: 'reason', title: text({ de: 'Grund', en: 'Reason' }), type: 'text' },
        ...(hasNotes ? [noteColumn] : []),
      ]),
    ],
    notes: [],
  };
}

function head(workspace: Workspace, name: string, title: Text) {
  const at = workspace.now();
  return {
    name,
    title,
    asOf: localDate(at),
    source: text({
      de: `Arbeitsbereich ${workspace.config.county}`,
      en: `workspace of ${workspace.config.county}`,
    }),
    generatedAt: at.toISOString(),
    charts: [],
  };
}

function table(key: string, title: Text, rows: readonly Row[], more: readonly Column[]) {
  return { key, title, columns: [...columns, ...more], rows, listing: rows.length > mostPrinted };
}

/** How many files there are of each kind. */
function counts(rows: readonly { readonly word: Text; readonly key: string; readonly pages: number }[]) {
  const byKey = new Map<string, { title: Text; files: number; pages: number }>();
  for (const { word, key, pages } of rows) {
    const count = byKey.get(key) ?? { title: word, files: 0, pages: 0 };
    byKey.set(key, { ...count, files: count.files + 1, pages: count.pages + pages });
  }
  return [...byKey].map(([key, { title, files, pages }]) => ({
    key,
    title,
    type: 'count' as const,
    value: files,
    note: text({ de: (f) => f.counted(pages, 'Seite', 'Seiten'), en: (f) => f.counted(pages, 'page', 'pages') }),
  }));
}
