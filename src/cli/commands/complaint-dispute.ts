import { disputeComplaint } from '../../acceptance/complaint/answer.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { answerArguments, answerData, answerMembers, answerOptions } from '../complaint-answer.ts';
import { countOfFiles } from '../delivery-words.ts';

export default defineCommand({
  name: 'complaint dispute',
  summary: text({
    de: 'festhalten, dass der Dienstleister den Mangel bestreitet',
    en: 'record that the vendor denies the defect',
  }),
  details: text({
    de: 'Die Rüge ist damit nicht erledigt: die Originale werden weiter gebraucht, bis sie zurückgenommen (complaint withdraw) oder die Nacherfüllung abgenommen ist (accept).',
    en: 'The complaint is not settled by that: the originals are needed until it is withdrawn (complaint withdraw) or the correction is accepted (accept).',
  }),
  examples: ['scanlot complaint dispute B-2021-001 33.1-0042/2019 --reason "Schreiben vom 21.06.: Original unscharf"'],
  workspace: 'write',
  arguments: answerArguments,
  options: answerOptions,
  output: { schema: 'complaint-dispute-1', members: answerMembers },
  run: async (context, { batch, files, reason, date = localDate(context.io.now()) }) => {
    const answered = await disputeComplaint(context.workspace, { batch, files, reason, date });
    return {
      data: answerData(answered),
      render: (printer) =>
        printer.line(
          text({
            de: (f) =>
              `Charge ${batch}: Rüge zu ${countOfFiles.de(answered.files.length, f)} bestritten. Am Original prüfen; dann zurücknehmen oder auf der Nacherfüllung bestehen.`,
            en: (f) =>
              `Batch ${batch}: complaint about ${countOfFiles.en(answered.files.length, f)} disputed. Look at the original; then withdraw it, or insist on the correction.`,
          }),
          'warn',
        ),
    };
  },
});
