import { noticeDocument, noticeFacts } from '../../acceptance/defect-notice.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { cureDeadline, letterDate, letterForm, letterOptions, writeLetter } from '../letter-file.ts';
import { argument, readCount, value } from '../options.ts';

export default defineCommand({
  name: 'delivery notice',
  summary: text({
    de: 'Mängelanzeige an den Dienstleister schreiben (DOCX, PDF)',
    en: 'write the defect notice to the vendor (DOCX, PDF)',
  }),
  details: text({
    de: 'Ein Schreiben mit den offenen Fehlern einer Lieferung: zusammengefasst im Brief, einzeln in der Anlage; was freigegeben ist, steht nicht darin. Empfänger und Vertrag stehen im Vertragsdokument, der Absender unter „sender“ in scanlot.json. Die Frist folgt aus acceptance.cureDays des Loses, gerechnet ab dem Datum des Schreibens; fällt sie auf ein Wochenende oder einen bundesweiten Feiertag, gilt der nächste Werktag. Der Brief ist deutsch, gleich in welcher Sprache scanlot spricht.',
    en: 'A letter about the open errors of a delivery: grouped in the letter, one by one in its annex; what was waived is left out. Recipient and contract come from the contract document, the sender from "sender" in scanlot.json. The deadline follows from acceptance.cureDays of the lot, counted from the date of the letter; on a weekend or a holiday of all Germany the next working day takes its place. The letter is in German, whatever language scanlot speaks.',
  }),
  examples: [
    'scanlot delivery notice B-2021-001 --out maengelanzeige.docx',
    'scanlot delivery notice B-2021-001/1 --format pdf --out anzeige.pdf --date 2021-03-15 --deadline 2021-04-06',
  ],
  workspace: 'read',
  arguments: {
    delivery: argument(
      'DELIVERY',
      text({
        de: 'die Charge, mit /N für ihre N-te Lieferung (sonst die neueste)',
        en: 'the batch, with /N for its N-th round (default: the newest)',
      }),
    ),
  },
  options: {
    ...letterOptions,
    round: value('N', text({ de: 'Runde (sonst die neueste)', en: 'round (default: the newest)' }), readCount),
    date: letterDate,
    deadline: cureDeadline,
  },
  output: {
    schema: 'delivery-notice-1',
    members: {
      batch: 'key of the batch',
      round: 'round of the delivery',
      file: 'absolute path of the letter',
      format: 'docx or pdf',
      date: 'date of the letter',
      deadline: 'last day for mending the defects',
      defects: 'open errors in the annex',
      remarks: 'open warnings in the annex',
      waived: 'findings left out because they were waived',
      affectedFiles: 'files (Akten) that the defects are about',
    },
  },
  run: async (context, { delivery, out, format, round, date, deadline }) => {
    const form = letterForm({ out, format });
    const facts = await noticeFacts(context.workspace, {
      ...readDelivery(delivery, round),
      date: date ?? localDate(context.io.now()),
      deadline,
    });
    const document = noticeDocument(facts, context.workspace);
    const file = await writeLetter(context, document, form, { out, format });
    const { defects, remarks, waived, affectedFiles } = facts;
    return {
      data: {
        batch: facts.batch.key,
        round: facts.delivery.round,
        file,
        format: form,
        date: facts.date,
        deadline: facts.deadline.day,
        defects: defects.length,
        remarks: remarks.length,
        waived,
        affectedFiles,
      },
      render: (printer) => {
        printer.line(
          text({
            de: (f) =>
              `Mängelanzeige mit ${f.counted(defects.length, 'offenem Fehler', 'offenen Fehlern')}, Frist ${f.date(facts.deadline.day)}: ${file}`,
            en: (f) =>
              `Defect notice with ${f.counted(defects.length, 'open error', 'open errors')}, deadline ${f.date(facts.deadline.day)}: ${file}`,
          }),
          'good',
        );
      },
    };
  },
});

/** "B-2021-001/2" names a round; a key that itself has a slash is taken as it is. */
function readDelivery(delivery: string, round: number | undefined): { batch: string; round: number | undefined } {
  const match = /^(.+)\/(\d{1,6})$/.exec(delivery);
  if (!match || round !== undefined) return { batch: delivery, round };
  return { batch: match[1] ?? delivery, round: Number(match[2]) };
}
