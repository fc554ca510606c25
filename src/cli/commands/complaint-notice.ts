import { complaintNotice } from '../../acceptance/complaint/notice.ts';
import { complaintDocument } from '../../acceptance/complaint/notice-letter.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { countOfFiles } from '../delivery-words.ts';
import { letterDate, letterForm, letterOptions, writeLetter } from '../letter-file.ts';
import { argument, readCount, value } from '../options.ts';

export default defineCommand({
  name: 'complaint notice',
  summary: text({
    de: 'Mängelrüge an den Dienstleister schreiben (DOCX, PDF)',
    en: 'write the letter about a complaint to the vendor (DOCX, PDF)',
  }),
  details: text({
    de: 'Ein Schreiben mit Mangel, Frist und den Akten, die nicht erledigt sind. Empfänger und Vertrag stehen im Vertragsdokument, der Absender unter „sender“ in scanlot.json. Nach Ablauf der Frist sagt der Brief das. Er ist deutsch, gleich in welcher Sprache scanlot spricht.',
    en: 'A letter with the defect, the deadline, and the files that are not settled. Recipient and contract come from the contract document, the sender from "sender" in scanlot.json. When the deadline has passed the letter says so. It is in German, whatever language scanlot speaks.',
  }),
  examples: [
    'scanlot complaint notice B-2021-001 --out ruege.docx',
    'scanlot complaint notice B-2021-001 --number 1 --format pdf --out ruege.pdf --date 2021-06-14',
  ],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })) },
  options: {
    ...letterOptions,
    number: value(
      'N',
      text({ de: 'Rüge (sonst die neueste offene)', en: 'complaint (default: the newest pending)' }),
      readCount,
    ),
    date: letterDate,
  },
  output: {
    schema: 'complaint-notice-1',
    members: {
      batch: 'key of the batch',
      number: 'number of the complaint',
      file: 'absolute path of the letter',
      format: 'docx or pdf',
      date: 'date of the letter',
      deadline: 'last day for mending',
      files: 'files that are not settled',
    },
  },
  run: async (context, { batch, out, format, number, date = localDate(context.io.now()) }) => {
    const form = letterForm({ out, format });
    const notice = await complaintNotice(context.workspace, { batch, number, date });
    const file = await writeLetter(context, complaintDocument(notice, context.workspace), form, { out, format });
    const { deadline, files } = notice;
    return {
      data: { batch, number: notice.number, file, format: form, date, deadline, files: files.length },
      render: (printer) =>
        printer.line(
          text({
            de: (f) => `Mängelrüge zu ${countOfFiles.de(files.length, f)}, Frist ${f.date(deadline)}: ${file}`,
            en: (f) => `Complaint about ${countOfFiles.en(files.length, f)}, deadline ${f.date(deadline)}: ${file}`,
          }),
          'good',
        ),
    };
  },
});
