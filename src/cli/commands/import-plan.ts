import { importPlanVersion } from '../../dms/import/plan.ts';
import { readImportPlan } from '../../dms/import/read-plan.ts';
import { planReport } from '../../dms/import/report.ts';
import { actionWords, reasonWords } from '../../dms/import/words.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { listOptions, writeList } from '../import-output.ts';
import { flag, value } from '../options.ts';

export default defineCommand({
  name: 'import plan',
  summary: text({
    de: 'zeigen, was ein Import täte; ändert nichts',
    en: 'show what an import would do; changes nothing',
  }),
  details: text({
    de: 'Vorgänge: anlegen, berichtigen (anderer Inhalt wurde abgenommen), fortsetzen, erneut versuchen, nichts zu tun, verweigert (mit Grund). Mit --look-up wird das DMS nach jeder Akte gefragt, von der kein Lauf bekannt ist.',
    en: 'Actions: create, update (other content was accepted), resume, try again, nothing to do, refused (with its reason). With --look-up the DMS is asked for every file of which no run is known.',
  }),
  examples: [
    'scanlot import plan',
    'scanlot import plan --batch B-2021-001 --json',
    'scanlot import plan --format xlsx',
  ],
  workspace: 'read',
  options: {
    batch: value('BATCH', text({ de: 'nur diese Charge', en: 'this batch only' })),
    lookUp: flag(text({ de: 'im DMS nachsehen', en: 'look into the DMS' })),
    ...listOptions,
  },
  output: {
    schema: 'import-plan-1',
    members: {
      version: 'version of the plan',
      objects:
        'reference, volume, batch, objectKey, pages, action (create, update, found, resume, retry, skip, refuse), reason',
      file: 'the list that was written; null where none was asked for',
    },
  },
  run: async (context, { batch, lookUp, ...target }) => {
    const { workspace, language, signal } = context;
    const adapter = openDocumentStore(context);
    const plan = await readImportPlan(workspace, { batch, adapter, lookUp, signal }).finally(() => adapter.close());
    const written = await writeList(context, target, () => planReport(workspace, plan));
    const objects = plan.map(({ file, objectKey, action, reason }) => ({
      reference: file.reference,
      volume: file.volume,
      batch: file.batch,
      objectKey,
      pages: file.pages,
      action,
      reason,
    }));
    return {
      data: { version: importPlanVersion, objects, file: written },
      render: (printer) => {
        if (written) return printer.line(text({ de: `Importplan: ${written}`, en: `Import plan: ${written}` }), 'good');
        printer.table(objects, [
          { title: text({ de: 'Charge', en: 'batch' }), value: (row) => row.batch },
          { title: text({ de: 'Akte', en: 'file' }), value: (row) => row.reference, shrinks: true },
          { title: text({ de: 'Band', en: 'volume' }), value: (row) => row.volume },
          { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
          { title: text({ de: 'Vorgang', en: 'action' }), value: (row) => actionWords[row.action][language] },
          {
            title: text({ de: 'Grund', en: 'reason' }),
            value: (row) => (row.reason ? reasonWords[row.reason][language] : ''),
            shrinks: true,
          },
        ]);
        const open = objects.filter(({ action }) => action !== 'skip' && action !== 'refuse').length;
        printer.line(
          text({
            de: (f) => `${f.number(open)} von ${f.number(objects.length)} abgenommenen Akten zu importieren.`,
            en: (f) => `${f.number(open)} of ${f.number(objects.length)} accepted files to import.`,
          }),
        );
      },
    };
  },
});
