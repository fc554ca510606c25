import { originNames, tracedFiles, traceReport } from '../../finance/report-trace.ts';
import { buildReport } from '../../finance/reports.ts';
import type { Origin } from '../../reporting/definition/dataset.ts';
import type { TracePart } from '../../reporting/definition/trace.ts';
import { displayCell, plainCell } from '../../reporting/display.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { UsageError } from '../../shared/errors.ts';
import { type Language, text } from '../../shared/language.ts';
import { type Cents, centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { argument, flag, readDate, requiredValue, value } from '../options.ts';
import { readYear } from '../year.ts';

export default defineCommand({
  name: 'report trace',
  summary: text({
    de: 'zeigen, woraus eine Zahl eines Berichts besteht',
    en: 'show what a figure of a report is made of',
  }),
  details: text({
    de: 'Zeile und Spalte wie im Bericht: Zeilen ab 1 (oder total), Spalten mit ihrem Schlüssel aus der JSON-Ausgabe. Gezeigt werden Abnahmen, Lieferungen, Abrufe, Rechnungszeilen und Haushaltsansätze; mit --files auch die einzelnen Akten mit ihren Seiten. Auswahl und Stand angeben wie beim Bericht.',
    en: 'Row and column as in the report: rows from 1 (or total), columns by their key in the JSON output. Shown are acceptances, deliveries, call-offs, invoice lines and budget lines; with --files the single files with their pages, too. State selection and day as for the report.',
  }),
  examples: [
    'scanlot report trace cost-against-budget --row 1 --column accrued',
    'scanlot report trace open-items --table items --row 2 --column gross --files',
    'scanlot report trace unit-costs --table per-page --row total --column grossPerPage --json',
  ],
  workspace: 'read',
  arguments: { name: argument('REPORT', text({ de: 'der Bericht', en: 'the report' })) },
  options: {
    table: value('KEY', text({ de: 'die Tabelle (sonst die erste)', en: 'the table (default: the first)' })),
    row: requiredValue('N|total', text({ de: 'die Zeile, ab 1', en: 'the row, from 1' }), readRow),
    column: requiredValue('KEY', text({ de: 'die Spalte', en: 'the column' })),
    files: flag(text({ de: 'auch die einzelnen Akten nennen', en: 'name the single files, too' })),
    year: value('YEAR', text({ de: 'nur dieses Haushaltsjahr', en: 'this fiscal year only' }), readYear),
    lot: value('LOT', text({ de: 'nur dieses Los', en: 'this lot only' })),
    department: value('NAME', text({ de: 'nur dieses Amt', en: 'this department only' })),
    from: value('DATE', text({ de: 'ab diesem Tag', en: 'from this day on' }), readDate),
    to: value('DATE', text({ de: 'bis zu diesem Tag', en: 'up to this day' }), readDate),
    asOf: value('DATE', text({ de: 'Stand am Ende dieses Tages', en: 'the state at the end of that day' }), readDate),
  },
  output: {
    schema: 'report-trace-1',
    members: {
      report: 'name of the report',
      table: 'key of the table',
      column: 'key of the column',
      type: 'type of its values, as in report-1',
      value: 'the figure, as in the JSON output of the report',
      parts:
        'what it is made of: column (the operand that it goes into), value, origins (kind, name, on, pages, gross in decimal EUR)',
      files: 'with --files: delivery, reference, volume, documents, pages, outcome; else empty',
    },
  },
  run: async ({ workspace, language }, { name, table, row, column, files: withFiles, ...request }) => {
    const built = await buildReport(workspace, name, request);
    const traced = traceReport(built, { table, row, column });
    const files = withFiles ? await tracedFiles(workspace.db, traced.parts) : [];
    const { type } = traced.column;
    return {
      data: {
        report: built.report.name,
        table: traced.table.key,
        column: traced.column.key,
        type,
        value: plainCell(traced.value, type, language),
        parts: traced.parts.map((part) => partRecord(part, language)),
        files,
      },
      render: (printer) => {
        const shown = displayCell(traced.value, type, language) || '–';
        printer.line(
          text({
            de: `${traced.table.title.de}, ${traced.column.title.de}: ${shown}`,
            en: `${traced.table.title.en}, ${traced.column.title.en}: ${shown}`,
          }),
          'good',
        );
        printer.table(
          traced.parts.flatMap((part) => linesOf(part)),
          [
            { title: text({ de: 'Anteil', en: 'part' }), value: (line) => line.value(language), align: 'right' },
            { title: text({ de: 'in', en: 'in' }), value: ({ part }) => part.column },
            {
              title: text({ de: 'Herkunft', en: 'origin' }),
              value: ({ origin }) => (origin ? originNames[origin.kind][language] : '–'),
            },
            {
              title: text({ de: 'Bezeichnung', en: 'name' }),
              value: ({ origin }) => origin?.name ?? '',
              shrinks: true,
            },
            {
              title: text({ de: 'Tag', en: 'day' }),
              value: ({ origin }, format) => (origin?.on ? format.date(origin.on as CalendarDate) : ''),
            },
            {
              title: text({ de: 'Seiten', en: 'pages' }),
              value: ({ origin }, format) => (typeof origin?.pages === 'number' ? format.number(origin.pages) : ''),
              align: 'right',
            },
            {
              title: text({ de: 'brutto', en: 'gross' }),
              value: ({ origin }, format) =>
                typeof origin?.gross === 'number' ? format.money(origin.gross as Cents) : '',
              align: 'right',
            },
          ],
        );
        if (files.length === 0) return;
        printer.line();
        printer.table(files, [
          { title: text({ de: 'Lieferung', en: 'delivery' }), value: ({ delivery }) => delivery },
          { title: text({ de: 'Aktenzeichen', en: 'file' }), value: ({ reference }) => reference, shrinks: true },
          { title: text({ de: 'Band', en: 'volume' }), value: ({ volume }) => volume },
          {
            title: text({ de: 'Seiten', en: 'pages' }),
            value: ({ pages }, format) => format.number(pages),
            align: 'right',
          },
          { title: text({ de: 'Entscheidung', en: 'decision' }), value: ({ outcome }) => outcome ?? '–' },
        ]);
      },
    };
  },
});

interface Line {
  readonly part: TracePart;
  readonly origin: Origin | undefined;
  /** Stands beside the first origin of a part only. */
  value(language: Language): string;
}

function linesOf(part: TracePart): Line[] {
  const origins = part.origins.length === 0 ? [undefined] : part.origins;
  return origins.map((origin, index) => ({
    part,
    origin,
    value: (language) => (index === 0 ? displayCell(part.value, part.type, language) : ''),
  }));
}

function partRecord({ column, type, value: cell, origins }: TracePart, language: Language) {
  return {
    column,
    value: plainCell(cell, type, language),
    origins: origins.map(({ kind, name, on, pages, gross }) => ({
      kind,
      name,
      on,
      pages,
      gross: gross === null ? null : centsToDecimal(gross as Cents),
    })),
  };
}

function readRow(raw: string, name: string): number | 'total' {
  if (raw === 'total') return raw;
  if (/^[1-9]\d{0,8}$/.test(raw)) return Number(raw);
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: 'Erwartet: eine Zeile ab 1, oder total.', en: 'Expected: a row from 1, or total.' }),
  );
}
