import { buildReport, listReports, type ReportRequest, type WorkspaceReport } from '../../finance/reports.ts';
import type { Report } from '../../reporting/model.ts';
import { UsageError } from '../../shared/errors.ts';
import { text, verbatim } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { flag, optionalArgument, readDate, repeated, value } from '../options.ts';
import { type OutputFormat, outputFormats, renderOutput } from '../report-output.ts';
import { type ReportTarget, reportTargets } from '../report-target.ts';
import { readYear } from '../year.ts';

export default defineCommand({
  name: 'report',
  summary: text({
    de: 'einen Bericht ausgeben (XLSX, PDF, HTML, CSV, JSON, DOCX)',
    en: 'write a report (XLSX, PDF, HTML, CSV, JSON, DOCX)',
  }),
  details: text({
    de: 'Alle Berichte zeigt --list; eigene liegen als Definition im Ordner reports des Arbeitsbereichs. In jedem Format stehen dieselben Zahlen; CSV enthält eine Tabelle (--table). Ein Bericht mit Vorlage (status-report) wird als PDF und DOCX zum Schreiben; --set füllt dessen Angaben. Ohne --out entstehen die Dateien im Ordner outputs des Arbeitsbereichs, benannt nach Bericht, Stand und Auswahl. Woraus eine Zahl besteht, zeigt: scanlot report trace.',
    en: 'To see all reports: --list; those of your own are definitions in the folder reports of the workspace. Every format has the same figures; CSV holds one table (--table). A report with a template (status-report) becomes a letter as PDF and DOCX; --set fills its blanks. Without --out the files go to the folder outputs of the workspace, named by report, day and selection. What a figure is made of is shown by: scanlot report trace.',
  }),
  examples: [
    'scanlot report --list',
    'scanlot report cost-against-budget --format xlsx --format pdf --year 2021',
    'scanlot report open-items --as-of 2021-12-31 --lot L3',
    'scanlot report cost-against-budget --format csv --table movements --out movements.csv',
    'scanlot report status-report --format docx --set body="Kreisausschuss" --set agenda="TOP 7"',
    'scanlot report forecast --format json --out -',
  ],
  workspace: 'read',
  arguments: {
    name: optionalArgument('NAME', text({ de: 'der Bericht', en: 'the report' })),
  },
  options: {
    list: flag(text({ de: 'alle Berichte nennen', en: 'list all reports' })),
    format: {
      ...repeated(
        outputFormats.join('|'),
        text({ de: 'Format, mehrfach möglich (sonst xlsx)', en: 'format, repeatable (default: xlsx)' }),
        readFormat,
      ),
      choices: outputFormats,
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
    from: value(
      'DATE',
      text({ de: 'nur Leistungen und Abrufe ab diesem Tag', en: 'only services and call-offs from this day on' }),
      readDate,
    ),
    to: value(
      'DATE',
      text({ de: 'nur Leistungen und Abrufe bis zu diesem Tag', en: 'only services and call-offs up to this day' }),
      readDate,
    ),
    asOf: value(
      'DATE',
      text({
        de: 'Stand am Ende dieses Tages (sonst alles Erfasste)',
        en: 'the state at the end of that day (default: everything recorded)',
      }),
      readDate,
    ),
    set: repeated(
      'NAME=VALUE',
      text({ de: 'Angabe in der Vorlage des Schreibens, mehrfach möglich', en: 'a blank of the letter, repeatable' }),
      readAssignment,
    ),
  },
  output: {
    schema: 'report-written-1',
    members: {
      report: 'name of the report; null with --list',
      asOf: 'the day whose state it shows; null with --list',
      files:
        'what was written: format, file (absolute path; null for stdout), bytes, content (the text, only for stdout)',
      reports:
        'with --list: name, title, summary, from (scanlot or workspace), tables (keys), letter (whether there is a DOCX); else empty',
    },
  },
  run: async (context, { name, list, format, out, table, set, ...request }) => {
    const { workspace, language } = context;
    if (list) {
      const reports = listReports(workspace);
      return {
        data: {
          report: null,
          asOf: null,
          files: [],
          reports: reports.map((one) => ({ ...one, title: one.title[language], summary: one.summary[language] })),
        },
        render: (printer) => {
          printer.table(reports, [
            { title: text({ de: 'Bericht', en: 'report' }), value: (one) => one.name },
            { title: text({ de: 'Inhalt', en: 'content' }), value: ({ summary }) => summary[language], shrinks: true },
            { title: text({ de: 'von', en: 'from' }), value: ({ from }) => from },
          ]);
        },
      };
    }
    requireOrder(request);
    const formats = format.length === 0 ? (['xlsx'] as const) : [...new Set(format)];
    const built = await buildReport(workspace, name, request);
    const { report } = built;
    const targets = reportTargets({
      report,
      formats,
      table,
      request,
      outputs: workspace.paths.outputs,
      out: out === undefined || out === '-' ? out : context.path(out),
    });
    const rendered: Rendered[] = [];
    for (const target of targets) rendered.push({ target, bytes: await bytesOf(built, target) });
    // All are rendered before the first is written: a mistake in one leaves none.
    for (const { target, bytes } of rendered) if (target.file !== null) await write(target.file, bytes);
    return {
      data: { report: report.name, asOf: report.asOf, files: rendered.map(fileRecord), reports: [] },
      render: (printer) => {
        for (const { target, bytes } of rendered) {
          if (target.file === null) context.io.stdout.write(Buffer.from(bytes).toString('utf8'));
          else printer.line(written(report, target.file), 'good');
        }
      },
    };

    function bytesOf(of: WorkspaceReport, target: ReportTarget): Promise<Uint8Array> {
      const { config } = workspace;
      return renderOutput(of, { ...target, table, language, config, blanks: new Map(set) });
    }
  },
});

interface Rendered {
  readonly target: ReportTarget;
  readonly bytes: Uint8Array;
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

function readFormat(raw: string, name: string): OutputFormat {
  const format = outputFormats.find((one) => one === raw.toLowerCase());
  if (format) return format;
  throw badValue(name, raw, outputFormats.join(', '));
}

function readAssignment(raw: string, name: string): readonly [string, string] {
  const match = /^([A-Za-z][A-Za-z0-9-]{0,39})=([\s\S]*)$/.exec(raw);
  if (match) return [match[1] ?? '', match[2] ?? ''];
  throw badValue(name, raw, 'body=Kreisausschuss');
}

function badValue(name: string, raw: string, expected: string): UsageError {
  return new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: `Erwartet: ${expected}.`, en: `Expected: ${expected}.` }),
  );
}

/** @throws UsageError for a period that ends before it begins */
function requireOrder({ from, to }: ReportRequest): void {
  if (from === undefined || to === undefined || from <= to) return;
  throw new UsageError(
    'report.period-reversed',
    text({ de: 'Der Zeitraum endet, bevor er beginnt.', en: 'The period ends before it begins.' }),
    text({ de: '--from und --to vertauschen.', en: 'Exchange --from and --to.' }),
    [verbatim(`--from ${from} --to ${to}`)],
  );
}
