import { readImportPlan } from '../../dms/import/read-plan.ts';
import { namedFiles } from '../../dms/import/select-files.ts';
import { transferNote } from '../../dms/transfer-note/note.ts';
import { readNoteFacts } from '../../dms/transfer-note/read-facts.ts';
import { noteXml } from '../../dms/transfer-note/xml.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { argument, flag } from '../options.ts';

export default defineCommand({
  name: 'import note',
  summary: text({
    de: 'den Transfervermerk einer abgenommenen Akte zeigen (BSI TR-03138)',
    en: 'show the transfer note of an accepted file (BSI TR-03138)',
  }),
  details: text({
    de: 'Gefüllt aus dem, was im Arbeitsbereich bekannt ist; was nicht bekannt ist, steht als unbekannt darin. Wie er beim Import mitgeht, steht in scanlot.json (docs/transfer-note.md).',
    en: 'Filled from what the workspace knows; what is not known is said to be unknown. How it goes along with an import is in scanlot.json (docs/transfer-note.md).',
  }),
  examples: ['scanlot import note 33.1-0041/2019', 'scanlot import note 33.1-0041/2019 --xml'],
  workspace: 'read',
  arguments: {
    file: argument('FILE', text({ de: 'Aktenzeichen oder Schlüssel im DMS', en: 'reference, or key in the DMS' })),
  },
  options: { xml: flag(text({ de: 'als XML (sonst JSON)', en: 'as XML (default: JSON)' })) },
  output: {
    schema: 'transfer-notes-1',
    members: { notes: 'one for each volume: the note (schemas/transfer-note-1.schema.json), and xml' },
  },
  run: async (context, { file, xml }) => {
    const { workspace } = context;
    const chosen = await namedFiles(workspace.db, [file], { batches: false });
    const adapter = openDocumentStore(context);
    const plan = await readImportPlan(workspace, { adapter }).finally(() => adapter.close());
    const notes: { note: ReturnType<typeof transferNote>; xml: string }[] = [];
    for (const planned of plan.filter((one) => chosen.has(one.file.fileId))) {
      const note = transferNote(await readNoteFacts(workspace, planned));
      notes.push({ note, xml: noteXml(note) });
    }
    return {
      data: { notes },
      render: () => {
        for (const one of notes) context.io.stdout.write(xml ? one.xml : `${JSON.stringify(one.note, null, 2)}\n`);
      },
    };
  },
});
