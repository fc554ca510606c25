import { raiseComplaint } from '../../acceptance/complaint/raise.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { countOfFiles } from '../delivery-words.ts';
import { cureDeadline } from '../letter-file.ts';
import { argument, readDate, requiredValue, severalArguments, value } from '../options.ts';

export default defineCommand({
  name: 'complaint raise',
  summary: text({
    de: 'Mangel an abgenommenen Akten rügen und Nacherfüllung verlangen',
    en: 'complain about a defect of accepted files and ask for a correction',
  }),
  details: text({
    de: 'Für Mängel, die sich erst nach der Abnahme zeigen (Mängelrüge, § 635 BGB). Die Akten bleiben abgenommen, vergütet und importiert; ihre Originale werden bis zur Erledigung gebraucht. Was der Dienstleister in einer weiteren Lieferung der Charge berichtigt liefert, tritt mit seiner Abnahme an die Stelle des bisherigen Inhalts, wird nicht erneut vergütet und im DMS zur neuen Version. Die Frist folgt aus acceptance.cureDays des Loses, oder aus --deadline.',
    en: 'For defects that show only after acceptance (section 635 BGB). The files stay accepted, paid and imported; their originals are needed until it is settled. What the vendor delivers corrected in a further round of the batch takes the place of the content when it is accepted; it is not paid again, and becomes a new version in the DMS. The deadline follows from acceptance.cureDays of the lot, or from --deadline.',
  }),
  examples: [
    'scanlot complaint raise B-2021-001 33.1-0042/2019 --reason "Seiten 14 bis 20 unscharf"',
    'scanlot complaint raise B-2021-001 33.1-0042/2019#2 33.1-0043/2019 --reason "Rückseiten fehlen" --deadline 2021-07-05',
  ],
  workspace: 'write',
  arguments: {
    batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })),
    files: severalArguments(
      'REFERENCE',
      text({ de: 'Aktenzeichen, mit #BAND für einen Band', en: 'reference, with #VOLUME for one volume' }),
    ),
  },
  options: {
    reason: requiredValue(
      'TEXT',
      text({ de: 'der Mangel; steht im Schreiben', en: 'the defect; stands in the letter' }),
    ),
    date: value(
      'DATE',
      text({ de: 'Tag der Rüge (sonst heute)', en: 'day of the complaint (default: today)' }),
      readDate,
    ),
    deadline: cureDeadline,
  },
  output: {
    schema: 'complaint-raise-1',
    members: {
      batch: 'key of the batch',
      number: 'number of the complaint within its batch',
      raisedOn: 'day of the complaint',
      deadline: 'last day for mending',
      files: 'reference, volume, round, acceptedOn, pages',
      knownDefects: 'errors of these files that were waived before acceptance',
    },
  },
  run: async (context, { batch, files, reason, date, deadline }) => {
    const raisedOn = date ?? localDate(context.io.now());
    const raised = await raiseComplaint(context.workspace, { batch, files, reason, raisedOn, deadline });
    return {
      data: {
        batch: raised.batch.key,
        number: raised.number,
        raisedOn,
        deadline: raised.deadline.day,
        files: raised.files.map(({ reference, volume, round, acceptedOn, pages }) => ({
          ...{ reference, volume, round, acceptedOn, pages },
        })),
        knownDefects: raised.knownDefects,
      },
      render: (printer) => {
        const { number, knownDefects } = raised;
        printer.line(
          text({
            de: (f) =>
              `Rüge ${number} zur Charge ${batch}: ${countOfFiles.de(raised.files.length, f)}, Frist ${f.date(raised.deadline.day)}. Ihre Originale nicht vernichten.`,
            en: (f) =>
              `Complaint ${number} about batch ${batch}: ${countOfFiles.en(raised.files.length, f)}, deadline ${f.date(raised.deadline.day)}. Do not destroy their originals.`,
          }),
          'good',
        );
        if (knownDefects > 0) {
          printer.line(
            text({
              de: (f) =>
                `${f.counted(knownDefects, 'Fehler dieser Akten war', 'Fehler dieser Akten waren')} vor der Abnahme freigegeben: Rechte wegen bekannter Mängel bestehen nur, wenn sie bei der Abnahme vorbehalten wurden (§ 640 Abs. 3 BGB).`,
              en: (f) =>
                `${f.counted(knownDefects, 'error of these files was', 'errors of these files were')} waived before acceptance: there are rights for known defects only if they were reserved at acceptance (section 640 (3) BGB).`,
            }),
            'warn',
          );
        }
        printer.line(
          text({
            de: `Das Schreiben: scanlot complaint notice ${batch} --out ruege.docx`,
            en: `The letter: scanlot complaint notice ${batch} --out complaint.docx`,
          }),
        );
      },
    };
  },
});
