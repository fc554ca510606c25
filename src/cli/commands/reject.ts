import { rejectDelivery } from '../../acceptance/decide.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { decisionData, decisionMembers, printDecision } from '../decision-output.ts';
import { argument, readCount, readDate, requiredValue, value } from '../options.ts';

export default defineCommand({
  name: 'reject',
  summary: text({
    de: 'Lieferung zurückweisen und Mängelliste schreiben',
    en: 'reject a delivery and write the defect list',
  }),
  examples: ['scanlot reject B-2021-001 --reason "Prüfsummen fehlen"'],
  workspace: 'write',
  arguments: { batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })) },
  options: {
    reason: requiredValue('TEXT', text({ de: 'der Grund', en: 'the reason' })),
    round: value('N', text({ de: 'Runde (sonst die neueste)', en: 'round (default: the newest)' }), readCount),
    date: value(
      'DATE',
      text({ de: 'Tag der Entscheidung (sonst heute)', en: 'day of the decision (default: today)' }),
      readDate,
    ),
  },
  output: { schema: 'reject-1', members: decisionMembers },
  run: async (context, values) => {
    const decision = await rejectDelivery(
      context.workspace,
      {
        batch: values.batch,
        round: values.round,
        reason: values.reason,
        decidedOn: values.date ?? localDate(context.io.now()),
      },
      context.language,
    );
    return {
      data: decisionData(decision),
      render: (printer) => printDecision(printer, decision),
    };
  },
});
