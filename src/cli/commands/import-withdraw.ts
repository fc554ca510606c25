import { namedFiles } from '../../dms/import/select-files.ts';
import { withdrawable, withdrawObjects } from '../../dms/import/withdraw.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { argument, requiredValue } from '../options.ts';

export default defineCommand({
  name: 'import withdraw',
  summary: text({
    de: 'importierte Akten wieder aus dem DMS entfernen',
    en: 'remove imported files from the DMS again',
  }),
  details: text({
    de: 'Entfernt, was der Import angelegt hat, mit allen Versionen, wenn das DMS es erlaubt. Abnahme, Haushalt und Rechnungen bleiben, wie sie sind. Erneut importiert werden die Akten erst mit import retry oder import run --withdrawn.',
    en: 'Removes what the import created, with all versions, if the DMS permits it. Acceptance, budget and invoices stay as they are. The files are imported again only by import retry or import run --withdrawn.',
  }),
  examples: [
    'scanlot import withdraw B-2021-001 --reason "falscher Aktenplan"',
    'scanlot import withdraw 33.1-0041/2019 --reason "falsche Akte" --yes',
  ],
  workspace: 'write',
  arguments: {
    what: argument(
      'BATCH|REFERENCE',
      text({ de: 'Charge, Aktenzeichen oder Schlüssel im DMS', en: 'batch, reference, or key in the DMS' }),
    ),
  },
  options: { reason: requiredValue('TEXT', text({ de: 'warum; steht im Protokoll', en: 'why; goes into the log' })) },
  output: {
    schema: 'import-withdraw-1',
    members: { objects: 'objectKey, pages, outcome (withdrawn, failed), error', left: 'objects that were not begun' },
  },
  run: async (context, { what, reason }) => {
    const { workspace, progress, signal } = context;
    const adapter = openDocumentStore(context);
    try {
      // Also where there is nothing more to withdraw: the process that did it may have been ended before its end.
      await adapter.settle?.(signal);
      const objects = await withdrawable(workspace, adapter, await namedFiles(workspace.db, [what], { batches: true }));
      const pages = objects.reduce((sum, object) => sum + object.pages, 0);
      await context.confirm(
        text({
          de: (f) =>
            `${f.counted(objects.length, 'Akte', 'Akten')} mit ${f.counted(pages, 'Seite', 'Seiten')} aus „${adapter.name}“ entfernen?`,
          en: (f) =>
            `Remove ${f.counted(objects.length, 'file', 'files')} with ${f.counted(pages, 'page', 'pages')} from "${adapter.name}"?`,
        }),
      );
      const done = await withdrawObjects(workspace, adapter, objects, { reason, progress, signal });
      const failed = done.filter(({ outcome }) => outcome === 'failed');
      const left = objects.length - done.length;
      return {
        data: { objects: done.map((one) => ({ ...one, error: one.error?.en ?? null })), left },
        exitCode: left > 0 ? 130 : failed.length > 0 ? 1 : 0,
        render: (printer) => {
          for (const { objectKey, error } of failed) {
            printer.line(`${objectKey}: ${error?.[printer.language]}`, 'bad');
          }
          printer.line(
            text({
              de: (f) =>
                `${f.counted(done.length - failed.length, 'Akte', 'Akten')} aus „${adapter.name}“ entfernt, ${f.number(failed.length)} fehlgeschlagen, ${f.number(left)} nicht begonnen.`,
              en: (f) =>
                `${f.counted(done.length - failed.length, 'file', 'files')} removed from "${adapter.name}", ${f.number(failed.length)} failed, ${f.number(left)} not begun.`,
            }),
            failed.length + left > 0 ? 'bad' : 'good',
          );
        },
      };
    } finally {
      await adapter.close();
    }
  },
});
