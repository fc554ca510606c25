import { join } from 'node:path';
import type { TestDifference } from '../../dms/test/compare-tests.ts';
import type { InterfaceTest } from '../../dms/test/interface-test.ts';
import type { TestDocument } from '../../dms/test/test-document.ts';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { packageVersion } from '../../shared/package.ts';
import { defineCommand, type WorkspaceContext } from '../command.ts';
import { flag, readCount, value } from '../options.ts';
import type { Printer } from '../printer.ts';

const usualMegabytes = 50;
export default defineCommand({
  name: 'dms test',
  summary: text({
    de: 'die ganze Schnittstelle zum DMS an einem Probeort durchprobieren und messen',
    en: 'try out and measure the whole interface to the DMS in a test location',
  }),
  details: text({
    de: 'Legt Probeakten an, sucht sie, liest jedes Byte zurück, berichtigt und entfernt sie; dazu Umlaute, lange Namen, leere und große Dateien, Gleichzeitigkeit und die Fehlerfälle. Räumt hinter sich auf, soweit das DMS Entfernen erlaubt. Schreibt einen Bericht (PDF, HTML) und das Ergebnis als JSON. Vor und nach jedem Update des DMS ausführen: --compare zeigt, was anders ist. Endet mit 0, wenn alles bestanden ist (und mit --compare nichts schlechter wurde), sonst mit 1.',
    en: 'Stores files, looks them up, reads every byte back, corrects and removes them; with umlauts, long names, empty and large documents, simultaneity and the error cases. Cleans up after itself where the DMS permits removal. Writes a report (PDF, HTML) and the result as JSON. Run it before and after every upgrade of the DMS: --compare shows what differs. Ends with 0 when all passed (and with --compare nothing became worse), otherwise with 1.',
  }),
  examples: ['scanlot dms test', 'scanlot dms test --out pruefung --compare outputs/dms-test-2021-03-01T100000.json'],
  workspace: 'read',
  options: {
    out: value('DIR', text({ de: 'Ordner für Bericht und Ergebnis', en: 'folder for report and result' })),
    compare: value(
      'FILE',
      text({ de: 'Ergebnis einer früheren Prüfung (JSON)', en: 'result of an earlier test (JSON)' }),
    ),
    largeMegabytes: value(
      'NUMBER',
      text({
        de: `Größe der großen Datei in MB (sonst ${usualMegabytes}; 0 lässt sie weg)`,
        en: `size of the large document in MB (default: ${usualMegabytes}; 0 leaves it out)`,
      }),
      readCount,
    ),
    withWrongPassword: flag(
      text({
        de: 'auch ein falsches Kennwort probieren; das Konto kann dadurch gesperrt werden',
        en: 'try a wrong password, too; the account may get locked by that',
      }),
    ),
  },
  output: {
    schema: 'dms-test-1',
    members: {
      program: 'version of scanlot',
      adapter: 'the kind of system',
      system: 'what the system says it is: name, version',
      capabilities: 'what the adapter declares that the system can do',
      location: 'where the objects of the test were stored',
      startedAt: 'when it began',
      finishedAt: 'when it ended',
      passed: 'whether no step failed',
      counts: 'steps by outcome: passed, failed, not-applicable, skipped',
      steps:
        'id, title, shows (what is assumed of the system), assumptions (their numbers in docs/dms/ADAPTER.md), outcome, milliseconds, bytes, detail, error (code, message)',
      remaining: 'keys of objects that could not be removed',
      comparison: 'with --compare: noWorse, differences (kind, what, before, after, worse); else null',
      files: 'the files that were written',
    },
  },
  run: async (context, { out, compare, largeMegabytes = usualMegabytes, withWrongPassword }) => {
    const { readTestDocument, testDocument } = await import('../../dms/test/test-document.ts');
    const { compareTests, isNoWorse } = await import('../../dms/test/compare-tests.ts');
    const earlier = compare === undefined ? undefined : readTestDocument(context.path(compare));
    const test = await tryOut(context, largeMegabytes * 1_000_000, withWrongPassword);
    const document = testDocument(test, packageVersion(), context.language);
    const differences = earlier && compareTests(earlier, document);
    const folder = out === undefined ? context.workspace.paths.outputs : context.path(out);
    const files = await writeFiles(context, folder, test, document, differences);
    const noWorse = differences === undefined || isNoWorse(differences);
    const { schema: _named, ...data } = document;
    return {
      exitCode: document.passed && noWorse ? 0 : 1,
      data: { ...data, comparison: differences ? { noWorse, differences } : null, files },
      render: await printed(document, differences, files),
    };
  },
});

async function tryOut(
  context: WorkspaceContext,
  largeBytes: number,
  withWrongPassword: boolean,
): Promise<InterfaceTest> {
  const { openTestSystem } = await import('../dms-test-system.ts');
  const { testInterface } = await import('../../dms/test/run-test.ts');
  const { signal, progress } = context;
  const system = await openTestSystem(context);
  try {
    const now = () => context.io.now();
    return await testInterface(system, { largeBytes, withWrongPassword, signal, progress, now });
  } finally {
    await system.adapter.close();
  }
}

/** @returns the files: result, and the report for the file in PDF and HTML */
async function writeFiles(
  { language }: WorkspaceContext,
  folder: string,
  test: InterfaceTest,
  document: TestDocument,
  differences: readonly TestDifference[] | undefined,
): Promise<readonly string[]> {
  const { mkdir } = await import('node:fs/promises');
  const { testReport } = await import('../../dms/test/test-report.ts');
  const { writeReport } = await import('../../reporting/render.ts');
  const stem = join(folder, `dms-test-${test.startedAt.slice(0, 19).replaceAll(':', '')}`);
  const report = testReport(test, differences);
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(`${stem}.json`, `${JSON.stringify(document, null, 2)}\n`);
  for (const format of ['pdf', 'html'] as const) await writeReport(`${stem}.${format}`, report, format, language);
  return ['json', 'pdf', 'html'].map((ending) => `${stem}.${ending}`);
}

async function printed(
  document: TestDocument,
  differences: readonly TestDifference[] | undefined,
  files: readonly string[],
): Promise<(printer: Printer) => void> {
  const { outcomeWords, stateWords, subjectWords } = await import('../../dms/test/test-report.ts');
  return (printer) => {
    const { language } = printer;
    printer.table(document.steps, [
      { title: text({ de: 'Schritt', en: 'step' }), value: ({ title }) => title },
      {
        title: text({ de: 'Ergebnis', en: 'result' }),
        value: ({ outcome }) => outcomeWords[outcome][language],
      },
      {
        title: text({ de: 'ms', en: 'ms' }),
        value: ({ milliseconds }, f) => (milliseconds === 0 ? '' : f.number(Math.round(milliseconds))),
        align: 'right',
      },
      {
        title: text({ de: 'Beobachtung', en: 'observation' }),
        value: ({ detail, error }) => error?.message ?? detail ?? '',
        shrinks: true,
      },
    ]);
    if (differences) printer.heading(text({ de: 'Gegen die frühere Prüfung', en: 'Against the earlier test' }));
    if (differences?.length === 0) printer.line(text({ de: 'Kein Unterschied.', en: 'No difference.' }), 'good');
    for (const difference of differences ?? []) {
      const states = [difference.before, difference.after].map((state) => stateWords(state)[language]);
      printer.line(
        `${subjectWords(difference)[language]}: ${states.join(' → ')}`,
        difference.worse ? 'bad' : undefined,
      );
    }
    for (const key of document.remaining) {
      printer.line(text({ de: `Von Hand zu entfernen: ${key}`, en: `To be removed by hand: ${key}` }), 'warn');
    }
    const { passed, failed } = document.counts;
    printer.line(
      text({
        de: (f) =>
          `${f.counted(passed, 'Schritt bestanden', 'Schritte bestanden')}, ${f.number(failed)} fehlgeschlagen.`,
        en: (f) => `${f.counted(passed, 'step passed', 'steps passed')}, ${f.number(failed)} failed.`,
      }),
      failed > 0 ? 'bad' : 'good',
    );
    for (const file of files) printer.line(file, 'quiet');
  };
}
