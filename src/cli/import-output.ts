import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportOutcome } from '../dms/import/outcome.ts';
import type { ImportRun } from '../dms/import/run.ts';
import { outcomeWords, reasonWords, stopWords } from '../dms/import/words.ts';
import { allPlaces, placesWords } from '../dms/transfer-note/places.ts';
import type { Report } from '../reporting/model.ts';
import { renderReport } from '../reporting/render.ts';
import { type Language, text } from '../shared/language.ts';
import type { Outcome, WorkspaceContext } from './command.ts';
import { choice, value } from './options.ts';
import type { Printer } from './printer.ts';

const listFormats = ['xlsx', 'pdf', 'html', 'csv', 'json'] as const;
type ListFormat = (typeof listFormats)[number];

/** Options of commands that can write their list as a file. */
export const listOptions = {
  format: choice(
    listFormats,
    text({ de: 'die Liste als Datei in diesem Format', en: 'the list as a file of this format' }),
  ),
  out: value(
    'FILE',
    text({
      de: 'Zieldatei oder vorhandener Ordner (sonst outputs im Arbeitsbereich)',
      en: 'target file or existing folder (default: outputs in the workspace)',
    }),
  ),
} as const;

export interface ListTarget {
  readonly format: ListFormat | undefined;
  readonly out: string | undefined;
}

/**
 * Writes a list, if one was asked for. The format is that of the option, else that of the file's name, else xlsx.
 * @returns the file's absolute path; null when none was asked for
 */
export async function writeList(
  context: WorkspaceContext,
  target: ListTarget,
  makeReport: () => Report,
): Promise<string | null> {
  const { format, out } = target;
  if (format === undefined && out === undefined) return null;
  const report = makeReport();
  const chosen = format ?? listFormats.find((one) => out?.toLowerCase().endsWith(`.${one}`)) ?? 'xlsx';
  const file = placeOf(context, out, `${report.name}-${report.asOf}.${chosen}`);
  const { writeFileAtomically } = await import('../shared/atomic-file.ts');
  await writeFileAtomically(file, await renderReport(report, chosen, context.language));
  return file;
}

function placeOf(context: WorkspaceContext, out: string | undefined, name: string): string {
  const place = out === undefined ? context.workspace.paths.outputs : context.path(out);
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? out === undefined;
  return isFolder ? join(place, name) : place;
}

/** Documents the members of what an import did. */
export const runMembers = {
  objects:
    'reference, volume, batch, objectKey, outcome (imported, already-imported, failed, skipped, refused, not-begun), how (created, updated, found; null), reason (of the plan, for those skipped or refused), pages, error, note (where the notes are that were to be in the documents: embedded, beside: reason, documents, first; else null)',
  stopped: 'why it ended early: interrupted, window, failed-share; else null',
  parallel: 'how many objects could be under way at once, at the most',
  seconds: 'how long it took',
  file: 'the list that was written; null where none was asked for',
} as const;

/** An import as a command tells it. */
export function runOutcome(run: ImportRun, file: string | null): Outcome {
  const { outcomes, stopped, parallel, milliseconds } = run;
  const objects = outcomes.map((one) => ({ ...one, error: one.error?.en ?? null }));
  const bad = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'refused');
  const isBad = bad.length > 0 || stopped === 'failed-share';
  return {
    data: { objects, stopped, parallel, seconds: Math.round(milliseconds / 100) / 10, file },
    exitCode: stopped === 'interrupted' ? 130 : isBad ? 1 : 0,
    render: (printer) => {
      printTable(printer, outcomes);
      for (const one of bad) printer.line(`${one.reference} ${one.volume}: ${whyOf(one, printer.language)}`, 'bad');
      printSummary(printer, outcomes, milliseconds);
      printNotes(printer, outcomes);
      if (stopped) printer.line(stopWords[stopped], 'bad');
      if (file) printer.line(text({ de: `Protokoll: ${file}`, en: `Protocol: ${file}` }), 'good');
    },
  };
}

/** Where the transfer notes of this run are, where they were to be in the documents. */
function printNotes(printer: Printer, outcomes: readonly ImportOutcome[]): void {
  const places = outcomes.flatMap(({ note }) => note ?? []);
  if (places.length === 0) return;
  const { de, en } = placesWords(allPlaces(places));
  printer.line(text({ de: `Transfervermerk ${de}.`, en: `Transfer note ${en}.` }));
}

function whyOf({ error, reason }: ImportOutcome, language: Language): string {
  if (error) return error[language];
  return reason ? reasonWords[reason][language] : '';
}

const mostShown = 50;

/** Each file that this run had to do with; those imported before only where nothing else is to be told. */
function printTable(printer: Printer, outcomes: readonly ImportOutcome[]): void {
  const touched = outcomes.filter(({ outcome }) => outcome !== 'already-imported');
  if (touched.length === 0 || touched.length > mostShown) return;
  printer.table(touched, [
    { title: text({ de: 'Charge', en: 'batch' }), value: (row) => row.batch },
    { title: text({ de: 'Akte', en: 'file' }), value: (row) => row.reference, shrinks: true },
    { title: text({ de: 'Band', en: 'volume' }), value: (row) => row.volume },
    { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
    { title: text({ de: 'Ergebnis', en: 'outcome' }), value: (row) => outcomeWords(row)[printer.language] },
  ]);
}

function printSummary(printer: Printer, outcomes: readonly ImportOutcome[], milliseconds: number): void {
  const count = (...wanted: readonly ImportOutcome['outcome'][]) =>
    outcomes.filter(({ outcome }) => wanted.includes(outcome)).length;
  const failed = count('failed', 'refused');
  printer.line(
    text({
      de: (f) =>
        `${f.counted(count('imported'), 'Akte', 'Akten')} importiert und rückgelesen, ${f.number(count('already-imported', 'skipped'))} waren es schon oder sind ausgelassen, ${f.number(failed)} fehlgeschlagen oder verweigert, ${f.number(count('not-begun'))} nicht begonnen (${f.number(Math.round(milliseconds / 1000))} s).`,
      en: (f) =>
        `${f.counted(count('imported'), 'file', 'files')} imported and read back, ${f.number(count('already-imported', 'skipped'))} had been or were skipped, ${f.number(failed)} failed or refused, ${f.number(count('not-begun'))} not begun (${f.number(Math.round(milliseconds / 1000))} s).`,
    }),
    failed > 0 ? 'bad' : 'good',
  );
}
