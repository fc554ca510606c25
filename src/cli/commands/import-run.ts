import { runReport } from '../../dms/import/report.ts';
import { runImport } from '../../dms/import/run.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { listOptions, runMembers, runOutcome, writeList } from '../import-output.ts';
import { importConduct, paceOptions } from '../import-settings.ts';
import { flag, value } from '../options.ts';

export default defineCommand({
  name: 'import run',
  summary: text({ de: 'abgenommene Akten importieren und rücklesen', en: 'import accepted files and read them back' }),
  details: text({
    de: 'Jede Akte genau einmal: die Absicht wird vorher festgehalten, der Erfolg erst nach dem Rücklesen. Nach einem Abbruch einfach erneut ausführen. Strg-C beendet, was begonnen ist, und hält dann an; ein zweites Mal hält sofort an. Zeiten und Tempo stehen in scanlot.json (docs/import.md).',
    en: 'Every file exactly once: the intent is recorded before, success only after reading back. After an interruption simply run it again. Ctrl-C finishes what has begun, and then stops; a second one stops at once. Times and pace are in scanlot.json (docs/import.md).',
  }),
  examples: [
    'scanlot import run',
    'scanlot import run --batch B-2021-001',
    'scanlot import run --parallel 8 --now --out protocol.xlsx',
  ],
  workspace: 'write',
  options: {
    batch: value('BATCH', text({ de: 'nur diese Charge', en: 'this batch only' })),
    withdrawn: flag(text({ de: 'auch zurückgezogene Akten erneut', en: 'withdrawn files again, too' })),
    ...paceOptions,
    ...listOptions,
  },
  output: { schema: 'import-run-1', members: runMembers },
  run: async (context, { batch, withdrawn, parallel, now, ...target }) => {
    const adapter = openDocumentStore(context);
    const run = await runImport(context.workspace, adapter, {
      batch,
      withdrawn,
      ...(await importConduct(context, { parallel, now })),
      progress: context.progress,
      signal: context.signal,
    }).finally(() => adapter.close());
    return runOutcome(run, await writeList(context, target, () => runReport(context.workspace, run.outcomes)));
  },
});
