import type { PlannedImport } from '../../dms/import/plan.ts';
import { runReport } from '../../dms/import/report.ts';
import { runImport } from '../../dms/import/run.ts';
import { namedFiles } from '../../dms/import/select-files.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { listOptions, runMembers, runOutcome, writeList } from '../import-output.ts';
import { importConduct, paceOptions } from '../import-settings.ts';
import { anyArguments } from '../options.ts';

export default defineCommand({
  name: 'import retry',
  summary: text({ de: 'fehlgeschlagene Akten allein erneut importieren', en: 'import failed files alone again' }),
  details: text({
    de: 'Ohne Akte alle fehlgeschlagenen. Mit Akte genau diese, auch wenn sie zurückgezogen waren. Vor jedem erneuten Versuch wird im DMS nachgesehen.',
    en: 'Without a file all that failed. With files exactly these, also when they had been withdrawn. Before each new attempt the DMS is looked into.',
  }),
  examples: ['scanlot import retry', 'scanlot import retry 33.1-0041/2019'],
  workspace: 'write',
  arguments: {
    files: anyArguments(
      'REFERENCE',
      text({ de: 'Aktenzeichen oder Schlüssel im DMS', en: 'reference, or key in the DMS' }),
    ),
  },
  options: { ...paceOptions, ...listOptions },
  output: { schema: 'import-run-1', members: runMembers },
  run: async (context, { files, parallel, now, ...target }) => {
    const { workspace } = context;
    const chosen = await namedFiles(workspace.db, files, { batches: false });
    const only = ({ action, file }: PlannedImport) =>
      files.length === 0 ? action === 'retry' : chosen.has(file.fileId);
    const adapter = openDocumentStore(context);
    const run = await runImport(workspace, adapter, {
      only,
      withdrawn: files.length > 0,
      ...(await importConduct(context, { parallel, now })),
      progress: context.progress,
      signal: context.signal,
    }).finally(() => adapter.close());
    return runOutcome(run, await writeList(context, target, () => runReport(workspace, run.outcomes)));
  },
});
