import type { ImportAction } from '../../dms/import/plan.ts';
import { importPlanVersion } from '../../dms/import/plan.ts';
import { readImportPlan } from '../../dms/import/run.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';

const actions: Readonly<Record<ImportAction, Text>> = {
  create: text({ de: 'anlegen', en: 'create' }),
  resume: text({ de: 'fortsetzen', en: 'resume' }),
  retry: text({ de: 'erneut versuchen', en: 'try again' }),
  none: text({ de: 'schon importiert', en: 'imported already' }),
};

export default defineCommand({
  name: 'import plan',
  summary: text({
    de: 'zeigen, was ein Import täte; ändert nichts',
    en: 'show what an import would do; changes nothing',
  }),
  examples: ['scanlot import plan', 'scanlot import plan --batch B-2021-001 --json'],
  workspace: 'read',
  options: { batch: value('BATCH', text({ de: 'nur diese Charge', en: 'this batch only' })) },
  output: {
    schema: 'import-plan-1',
    members: { version: 'version of the plan', objects: 'reference, volume, batch, objectKey, pages, action' },
  },
  run: async ({ workspace, language }, { batch }) => {
    const plan = await readImportPlan(workspace, batch);
    const objects = plan.map(({ file, objectKey, action }) => ({
      reference: file.reference,
      volume: file.volume,
      batch: file.batch,
      objectKey,
      pages: file.pages,
      action,
    }));
    return {
      data: { version: importPlanVersion, objects },
      render: (printer) => {
        printer.table(objects, [
          { title: text({ de: 'Charge', en: 'batch' }), value: (row) => row.batch },
          { title: text({ de: 'Akte', en: 'file' }), value: (row) => row.reference, shrinks: true },
          { title: text({ de: 'Band', en: 'volume' }), value: (row) => row.volume },
          { title: text({ de: 'Seiten', en: 'pages' }), value: (row, f) => f.number(row.pages), align: 'right' },
          { title: text({ de: 'Vorgang', en: 'action' }), value: (row) => actions[row.action][language] },
        ]);
        const open = objects.filter(({ action }) => action !== 'none').length;
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
