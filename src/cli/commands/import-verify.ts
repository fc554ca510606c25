import { sampleOf } from '../../dms/import/sample.ts';
import type { ImportObjectRow } from '../../dms/import/store.ts';
import { verifyImports } from '../../dms/import/verify.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { openDocumentStore } from '../document-store.ts';
import { readPercent, value } from '../options.ts';

export default defineCommand({
  name: 'import verify',
  summary: text({ de: 'alle importierten Akten erneut rücklesen', en: 'read all imported files back again' }),
  details: text({
    de: 'Jedes Byte wird aus dem DMS geholt und mit der Prüfsumme der Abnahme verglichen (bei Kopien, die einen Transfervermerk enthalten, mit der vor dem Senden festgehaltenen), die Seitenzahl auch, wo das DMS sie nennt. Ändert nichts.',
    en: 'Every byte is fetched from the DMS and compared with the hash of its acceptance (copies that hold a transfer note with that recorded before they were sent), the page count too where the DMS tells it. Changes nothing.',
  }),
  examples: ['scanlot import verify', 'scanlot import verify --sample 5'],
  workspace: 'read',
  options: {
    sample: value(
      'PERCENT',
      text({
        de: 'nur diesen Anteil der Akten, nach ihrem Schlüssel ausgewählt',
        en: 'only this share of the files, chosen by their key',
      }),
      readPercent,
    ),
    seed: value(
      'WORDS',
      text({ de: 'andere Wörter, andere Auswahl von --sample', en: 'other words, another choice of --sample' }),
    ),
  },
  output: {
    schema: 'import-verify-1',
    members: {
      objects: 'number of objects read back',
      pages: 'their pages',
      differences: 'objectKey, pages, difference',
    },
  },
  run: async (context, { sample, seed = '' }) => {
    const adapter = openDocumentStore(context);
    const { progress, signal } = context;
    const select =
      sample === undefined ? {} : { select: (all: readonly ImportObjectRow[]) => sampleOf(all, sample, seed) };
    const verified = await verifyImports(context.workspace, adapter, { ...select, progress, signal }).finally(() =>
      adapter.close(),
    );
    const wrong = verified.filter(({ difference }) => difference !== null);
    const pages = verified.reduce((sum, object) => sum + object.pages, 0);
    return {
      data: {
        objects: verified.length,
        pages,
        differences: wrong.map((one) => ({ ...one, difference: one.difference?.en ?? null })),
      },
      exitCode: wrong.length > 0 ? 1 : 0,
      render: (printer) => {
        for (const { objectKey, difference } of wrong) {
          printer.line(`${objectKey}: ${difference?.[printer.language]}`, 'bad');
        }
        printer.line(
          text({
            de: (f) =>
              `${f.counted(verified.length, 'Akte', 'Akten')} mit ${f.counted(pages, 'Seite', 'Seiten')} rückgelesen, ${f.counted(wrong.length, 'Abweichung', 'Abweichungen')}.`,
            en: (f) =>
              `${f.counted(verified.length, 'file', 'files')} with ${f.counted(pages, 'page', 'pages')} read back, ${f.counted(wrong.length, 'difference', 'differences')}.`,
          }),
          wrong.length > 0 ? 'bad' : 'good',
        );
      },
    };
  },
});
