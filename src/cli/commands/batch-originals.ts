import { boxesOf, judgeOriginals } from '../../custody/originals.ts';
import { noRelease, obstaclesText, originalsReport, proposals } from '../../custody/originals-report.ts';
import { requireBatch } from '../../custody/store.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { listOptions, writeList } from '../import-output.ts';
import { argument } from '../options.ts';

export default defineCommand({
  name: 'batch originals',
  summary: text({
    de: 'welche Originale zur Vernichtungsfreigabe vorgelegt werden können, welche bleiben und warum',
    en: 'which originals may be proposed for destruction, which have to stay, and why',
  }),
  details: text({
    de: 'Vorgelegt werden kann, was abgenommen, ungerügt, importiert und rückgelesen ist, dessen Aufbewahrungsfrist (originals.holdDays in scanlot.json, Tage ab Rücklesen) um ist und dessen Bestände dem Archiv angeboten sind. Die Freigabe erteilt die Dienststelle.',
    en: 'Proposed may be what is accepted, not complained about, imported and read back, whose hold period (originals.holdDays in scanlot.json, days from the read-back) is over and whose holdings were offered to the archive. The release is the department’s.',
  }),
  examples: ['scanlot batch originals B-2021-001', 'scanlot batch originals B-2021-001 --out originale.pdf'],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'Schlüssel der Charge', en: 'key of the batch' })) },
  options: listOptions,
  output: {
    schema: 'batch-originals-1',
    members: {
      batch: 'key',
      holdDays: 'days from the read-back; null where none is set',
      ready: 'files that may be proposed for release',
      keep: 'files to be kept',
      files: 'reference, volume, box, importedOn, heldUntil, obstacles (codes; empty: may be proposed)',
      boxes: 'box, files, ready',
      file: 'the list that was written; null where none was asked for',
    },
  },
  run: async (context, { batch: key, ...target }) => {
    const { workspace, language } = context;
    const batch = await requireBatch(workspace.db, key);
    const holdDays = workspace.config.originals?.holdDays;
    const files = await judgeOriginals(workspace.db, batch, { holdDays, today: localDate(workspace.now()) });
    const file = await writeList(context, target, () => originalsReport(workspace, batch, files));
    const ready = files.filter(({ obstacles }) => obstacles.length === 0).length;
    const boxes = boxesOf(files);
    return {
      data: { batch: key, holdDays: holdDays ?? null, ready, keep: files.length - ready, files, boxes, file },
      render: (printer) => {
        if (file) {
          printer.line(text({ de: `Liste der Originale: ${file}`, en: `List of originals: ${file}` }), 'good');
        } else {
          printer.table(files, [
            {
              title: text({ de: 'Akte', en: 'file' }),
              value: (row) => [row.reference, row.volume].filter(Boolean).join(' # '),
              shrinks: true,
            },
            { title: text({ de: 'Karton', en: 'box' }), value: (row) => row.box ?? '–' },
            {
              title: text({ de: 'bis', en: 'until' }),
              value: (row, f) => (row.heldUntil ? f.date(row.heldUntil) : '–'),
            },
            {
              title: text({ de: 'Original', en: 'original' }),
              value: (row) => proposals[row.obstacles.length === 0 ? 'ready' : 'keep'][language],
            },
            {
              title: text({ de: 'warum', en: 'why' }),
              value: (row) => obstaclesText(row.obstacles)[language],
              shrinks: true,
            },
          ]);
        }
        printer.line(
          text({
            de: (f) => `${f.number(ready)} von ${f.number(files.length)} Akten können vorgelegt werden.`,
            en: (f) => `${f.number(ready)} of ${f.number(files.length)} files may be proposed.`,
          }),
        );
        printer.line(noRelease, 'quiet');
      },
    };
  },
});
