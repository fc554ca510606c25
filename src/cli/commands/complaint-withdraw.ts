import { withdrawComplaint } from '../../acceptance/complaint/answer.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { answerArguments, answerData, answerMembers, answerOptions } from '../complaint-answer.ts';
import { countOfFiles } from '../delivery-words.ts';

export default defineCommand({
  name: 'complaint withdraw',
  summary: text({ de: 'Rüge zurücknehmen', en: 'withdraw a complaint' }),
  details: text({
    de: 'Die Akten sind danach wieder so abgenommen, wie sie es vor der Rüge waren. Was dazu schon nachgeliefert ist, zählt nicht mehr als Nacherfüllung.',
    en: 'The files are then accepted again as they were before the complaint. What was delivered for it no longer counts as a correction.',
  }),
  examples: ['scanlot complaint withdraw B-2021-001 33.1-0042/2019 --reason "Seiten sind im Original unscharf"'],
  workspace: 'write',
  arguments: answerArguments,
  options: answerOptions,
  output: { schema: 'complaint-withdraw-1', members: answerMembers },
  run: async (context, { batch, files, reason, date = localDate(context.io.now()) }) => {
    const answered = await withdrawComplaint(context.workspace, { batch, files, reason, date });
    return {
      data: answerData(answered),
      render: (printer) =>
        printer.line(
          text({
            de: (f) => `Charge ${batch}: Rüge zu ${countOfFiles.de(answered.files.length, f)} zurückgenommen.`,
            en: (f) => `Batch ${batch}: complaint about ${countOfFiles.en(answered.files.length, f)} withdrawn.`,
          }),
          'good',
        ),
    };
  },
});
