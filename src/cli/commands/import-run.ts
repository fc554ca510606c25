import { runImport } from '../../dms/import/run.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { value } from '../options.ts';

export default defineCommand({
  name: 'import run',
  summary: text({ de: 'abgenommene Akten importieren und rücklesen', en: 'import accepted files and read them back' }),
  details: text({
    de: 'Jede Akte genau einmal: die Absicht wird vorher festgehalten, der Erfolg erst nach dem Rücklesen. Nach einem Abbruch einfach erneut ausführen.',
    en: 'Every file exactly once: the intent is recorded before, success only after reading back. After an interruption simply run it again.',
  }),
  examples: ['scanlot import run', 'scanlot import run --batch B-2021-001'],
  workspace: 'write',
  options: { batch: value('BATCH', text({ de: 'nur diese Charge', en: 'this batch only' })) },
  output: {
    schema: 'import-run-1',
    members: {
      objects: 'reference, volume, batch, objectKey, outcome (imported, already-imported, failed), pages, error',
    },
  },
  run: async (context, { batch }) => {
    const adapter = openDocumentStore(context);
    const objects = await runImport(context.workspace, adapter, {
      batch,
      progress: context.progress,
      signal: context.signal,
    }).finally(() => adapter.close());
    const count = (outcome: string) => objects.filter((row) => row.outcome === outcome).length;
    const failed = objects.filter(({ outcome }) => outcome === 'failed');
    return {
      data: { objects },
      exitCode: failed.length > 0 ? 1 : 0,
      render: (printer) => {
        for (const row of failed) printer.line(`${row.reference} ${row.volume}: ${row.error}`, 'bad');
        printer.line(
          text({
            de: (f) =>
              `${f.number(count('imported'))} Akten importiert und rückgelesen, ${f.number(count('already-imported'))} waren es schon, ${f.number(failed.length)} fehlgeschlagen.`,
            en: (f) =>
              `${f.number(count('imported'))} files imported and read back, ${f.number(count('already-imported'))} had been, ${f.number(failed.length)} failed.`,
          }),
          failed.length > 0 ? 'bad' : 'good',
        );
      },
    };
  },
});
