import type { NotePlaces } from '../../dms/import/additions.ts';
import type { PlannedImport } from '../../dms/import/plan.ts';
import { readImportPlan } from '../../dms/import/read-plan.ts';
import { namedFiles } from '../../dms/import/select-files.ts';
import { type TransferNote, transferNote } from '../../dms/transfer-note/note.ts';
import { placesWords } from '../../dms/transfer-note/places.ts';
import { readNoteFacts } from '../../dms/transfer-note/read-facts.ts';
import { writeNotedPdfs } from '../../dms/transfer-note/write-noted-pdfs.ts';
import { noteXml } from '../../dms/transfer-note/xml.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { argument, flag, value } from '../options.ts';

export default defineCommand({
  name: 'import note',
  summary: text({
    de: 'den Transfervermerk einer abgenommenen Akte zeigen (BSI TR-03138)',
    en: 'show the transfer note of an accepted file (BSI TR-03138)',
  }),
  details: text({
    de: 'Gefüllt aus dem, was im Arbeitsbereich bekannt ist; was nicht bekannt ist, steht als unbekannt darin. Wie er beim Import mitgeht, steht in scanlot.json (docs/transfer-note.md). Mit --pdf entstehen die Kopien der PDF mit eingebettetem Vermerk, wie sie mit "transferNote": "pdf" importiert werden; importiert wird dabei nichts.',
    en: 'Filled from what the workspace knows; what is not known is said to be unknown. How it goes along with an import is in scanlot.json (docs/transfer-note.md). --pdf writes the copies of the PDFs with their notes attached, as they are imported with "transferNote": "pdf"; nothing is imported by it.',
  }),
  examples: [
    'scanlot import note 33.1-0041/2019',
    'scanlot import note 33.1-0041/2019 --xml',
    'scanlot import note 33.1-0041/2019 --pdf proof',
  ],
  workspace: 'read',
  arguments: {
    file: argument('REFERENCE', text({ de: 'Aktenzeichen oder Schlüssel im DMS', en: 'reference, or key in the DMS' })),
  },
  options: {
    xml: flag(text({ de: 'als XML (sonst JSON)', en: 'as XML (default: JSON)' })),
    pdf: value(
      'FOLDER',
      text({
        de: 'die PDF mit eingebettetem Vermerk in diesen Ordner schreiben',
        en: 'write the PDFs with their notes attached into this folder',
      }),
    ),
  },
  output: {
    schema: 'transfer-notes-1',
    members: {
      notes: 'one for each volume: the note (schemas/transfer-note-1.schema.json), and xml',
      pdf: 'with --pdf: folder, embedded (number of PDFs written), beside (reason, documents, first); else null',
    },
  },
  run: async (context, { file, xml, pdf }) => {
    const { workspace } = context;
    const chosen = await namedFiles(workspace.db, [file], { batches: false });
    const adapter = openDocumentStore(context);
    const plan = await readImportPlan(workspace, { adapter }).finally(() => adapter.close());
    const files = plan.filter((one) => chosen.has(one.file.fileId));
    const notes: { note: TransferNote; xml: string }[] = [];
    for (const planned of files) {
      const note = transferNote(await readNoteFacts(workspace, planned));
      notes.push({ note, xml: noteXml(note) });
    }
    const folder = pdf === undefined ? undefined : context.path(pdf);
    const written = folder === undefined ? null : await writeNotedPdfs(workspace, onlyVolume(files), folder);
    return {
      data: { notes, pdf: written && { folder, ...written } },
      render: (printer) => {
        if (written) printer.line(wordsOf(written, folder ?? ''), 'good');
        else for (const one of notes) context.io.stdout.write(xml ? one.xml : `${JSON.stringify(one.note, null, 2)}\n`);
      },
    };
  },
});

/** Volumes may have documents of the same names. */
function onlyVolume(files: readonly PlannedImport[]): PlannedImport {
  const [first, second] = files;
  if (first && !second) return first;
  throw new UsageError(
    'usage.bad-value',
    text({
      de: `Die Akte hat ${files.length} Bände; --pdf schreibt einen.`,
      en: `The file has ${files.length} volumes; --pdf writes one.`,
    }),
    text({
      de: `Einen nennen: ${files.map(({ objectKey }) => objectKey).join(', ')}`,
      en: `Name one: ${files.map(({ objectKey }) => objectKey).join(', ')}`,
    }),
  );
}

function wordsOf(places: NotePlaces, folder: string) {
  const { de, en } = placesWords(places);
  return text({ de: `Transfervermerk ${de}: ${folder}`, en: `Transfer note ${en}: ${folder}` });
}
