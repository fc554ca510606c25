import { handOverBatch } from '../../custody/hand-over.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, readDate, requiredValue } from '../options.ts';

export default defineCommand({
  name: 'batch hand-over',
  summary: text({
    de: 'Tag der Übergabe einer Charge festhalten oder berichtigen',
    en: 'record the day on which a batch was handed over, or correct it',
  }),
  details: text({
    de: 'Der Tag liegt nicht vor dem Abruf, nicht nach der ersten Lieferung und nicht in der Zukunft. Der frühere Eintrag bleibt im Protokoll.',
    en: 'The day is not before the call-off, not after the first delivery and not in the future. The former entry stays in the audit log.',
  }),
  examples: ['scanlot batch hand-over B-2021-001 --on 2021-03-08'],
  workspace: 'write',
  arguments: { batch: argument('BATCH', text({ de: 'Schlüssel der Charge', en: 'key of the batch' })) },
  options: { on: requiredValue('DATE', text({ de: 'Tag der Übergabe', en: 'day of the hand-over' }), readDate) },
  output: {
    schema: 'batch-hand-over-1',
    members: { batch: 'key of the batch', handedOverOn: 'date', before: 'date recorded before, or null' },
  },
  run: async ({ workspace }, { batch, on }) => {
    const handedOver = await handOverBatch(workspace, batch, on);
    const { before } = handedOver;
    return {
      data: { ...handedOver },
      render: (printer) =>
        printer.line(
          text({
            de: (f) =>
              `Charge ${handedOver.batch} übergeben am ${f.date(on)}${before === null || before === on ? '' : ` (bisher ${f.date(before)})`}.`,
            en: (f) =>
              `Batch ${handedOver.batch} handed over on ${f.date(on)}${before === null || before === on ? '' : ` (so far ${f.date(before)})`}.`,
          }),
          'good',
        ),
    };
  },
});
