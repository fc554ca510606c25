import { buildReport, reportNames } from '../../finance/reports.ts';
import type { Report } from '../../reporting/model.ts';
import { type ReportFormat, renderReport, reportFormats } from '../../reporting/render.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { optionalArgument, readDate, repeated, value } from '../options.ts';
import { type ReportTarget, reportTargets } from '../report-target.ts';
import { readYear } from '../year.ts';

export default defineCommand({
  name: 'report',
  summary: text({
    de: 'einen Bericht ausgeben (XLSX, PDF, HTML, CSV, JSON)',
    en: 'write a report (XLSX, PDF, HTML, CSV, JSON)',
  }),
  details: text({
    de: `Berichte: ${reportNames.join(', ')}. In jedem Format stehen dieselben Zahlen; CSV enthält eine Tabelle (--table). Ohne --out entstehen die Dateien im Ordner outputs des Arbeitsbereichs, benannt nach Bericht, Stand und Auswahl.`,
    en: `Reports: ${reportNames.join(', ')}. Every format has the same figures; CSV holds one table (--table). Without --out the files go to the folder outputs of the workspace, named by report, day and selection.`,
  }),
  examples: [
    'scanlot report cost-against-budget',
    'scanlot report cost-against-budget --format xlsx --format pdf --year 2021',
    'scanlot report cost-against-budget --format csv --table movements --out movements.csv',
    'scanlot report cost-against-budget --format json --out -',
  ],
  workspace: 'read',
  arguments: {
    name: optionalArgument('NAME', text({ de: 'der Bericht', en: 'the report' })),
  },
  options: {
    format: {
      ...repeated(
        reportFormats.join('|'),
        text({ de: 'Format, mehrfach möglich (sonst xlsx)', en: 'format, repeatable (default: xlsx)' }),
        readFormat,
      ),
      choices: reportFormats,
    },
    out: value(
      'FILE',
      text({
        de: 'Zieldatei oder vorhandener Ordner; „-“ für stdout (html, csv, json)',
        en: 'target file or existing folder; "-" for stdout (html, csv, json)',
      }),
    ),
    table: value('KEY', text({ de: 'Tabelle für CSV (sonst die erste)', en: 'table for CSV (default: the first)' })),
    year: value('YEAR', text({ de: 'nur dieses Haushaltsjahr', en: 'this fiscal year only' }), readYear),
    lot: value('LOT', text({ de: 'nur dieses Los', en: 'this lot only' })),
    department: value('NAME', text({ de: 'nur dieses Amt', en: 'this department only' })),
    asOf: value(
      'DATE',
      text({
        de: 'Stand am Ende dieses Tages (sonst alles Erfasste)',
        en: 'the state at the end of that day (default: everything recorded)',
      }),
      readDate,
    ),
  },
  output: {
    schema: 'report-written-1',
    members: {
      report: 'name of the report',
      asOf: 'the day whose state it shows',
      files:
        'what was written: format, file (absolute path; null for stdout), bytes, content (the text, only for stdout)',
    },
  },
  run: async (context, { name, format, out, table, ...request }) => {
    const formats = format.length === 0 ? (['xlsx'] as const) : [...new Set(format)];
    const report = await buildReport(context.workspace, name, request);
    const targets = reportTargets({
      report,
      formats,
      table,
      request,
      outputs: context.workspace.paths.outputs,
      out: out === undefined || out === '-' ? out : context.path(out),
    });
    const rendered: Rendered[] = [];
    for (const target of targets) rendered.push(await render(report, target, context.language, table));
    // All are rendered before the first is written: a mistake in one leaves none.
    for (const { target, bytes } of rendered) if (target.file !== null) await write(target.file, bytes);
    return {
      data: { report: report.name, asOf: report.asOf, files: rendered.map(fileRecord) },
      render: (printer) => {
        for (const { target, bytes } of rendered) {
          if (target.file === null) context.io.stdout.write(Buffer.from(bytes).toString('utf8'));
          else printer.line(written(report, target.file), 'good');
        }
      },
    };
  },
});

interface Rendered {
  readonly target: ReportTarget;
  readonly bytes: Uint8Array;
}

async function render(report: Report, target: ReportTarget, language: 'de' | 'en', table?: string): Promise<Rendered> {
  const options = table !== undefined && target.format === 'csv' ? { table } : {};
  return { target, bytes: await renderReport(report, target.format, language, options) };
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  const { writeFileAtomically } = await import('../../shared/atomic-file.ts');
  await writeFileAtomically(file, bytes);
}

function fileRecord({ target, bytes }: Rendered) {
  const { format, file } = target;
  const content = file === null ? { content: Buffer.from(bytes).toString('utf8') } : {};
  return { format, file, bytes: bytes.length, ...content };
}

function written({ title }: Report, file: string) {
  return text({ de: `${title.de}: ${file}`, en: `${title.en}: ${file}` });
}

function readFormat(raw: string, name: string): ReportFormat {
  const format = reportFormats.find((one) => one === raw.toLowerCase());
  if (format) return format;
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: `Erwartet: ${reportFormats.join(', ')}.`, en: `Expected: ${reportFormats.join(', ')}.` }),
  );
}
