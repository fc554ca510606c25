import { rejectInvoice } from '../../finance/invoice-matching/reject.ts';
import type { WrittenDocument } from '../../reporting/document/model.ts';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { formOfName } from '../form-of-name.ts';
import { invoiceCheckData, invoiceCheckMembers } from '../invoice-check-output.ts';
import { invoiceFileWords } from '../invoice-output.ts';
import { invoiceRowData, invoiceRowMembers } from '../invoice-state-output.ts';
import { argument, choice, readDate, requiredValue, value } from '../options.ts';

const forms = ['docx', 'pdf'] as const;
type LetterForm = (typeof forms)[number];

export default defineCommand({
  name: 'invoice reject',
  summary: text({
    de: 'eine Rechnung zurückweisen und das Schreiben dazu (DOCX, PDF)',
    en: 'reject an invoice, with the letter (DOCX, PDF)',
  }),
  details: text({
    de: 'Erfasst die Zurückweisung und schreibt den Brief an den Rechnungssteller: jede Abweichung, und Position für Position, was richtig gewesen wäre. Der Brief ist deutsch, gleich in welcher Sprache scanlot spricht; der Absender steht unter „sender“ in scanlot.json. Eine berichtigte Rechnung darf dieselbe Nummer tragen.',
    en: 'Records the rejection and writes the letter to the seller: each deviation, and line by line what would have been right. The letter is in German, whatever language scanlot speaks; the sender comes from "sender" in scanlot.json. A corrected invoice may bear the same number.',
  }),
  examples: ['scanlot invoice reject rechnung.xml --reason "Preis und Menge weichen ab" --out zurueckweisung.docx'],
  workspace: 'write',
  arguments: {
    file: argument('FILE', invoiceFileWords),
  },
  options: {
    reason: requiredValue('REASON', text({ de: 'Grund der Zurückweisung', en: 'why it is rejected' })),
    out: requiredValue('FILE', text({ de: 'Zieldatei (.docx, .pdf)', en: 'target file (.docx, .pdf)' })),
    format: choice(
      forms,
      text({ de: 'Form, wo die Endung sie nicht sagt', en: 'form, where the ending does not tell' }),
    ),
    date: value(
      'DATE',
      text({ de: 'Datum des Schreibens (sonst heute)', en: 'date of the letter (default: today)' }),
      readDate,
    ),
  },
  output: {
    schema: 'invoice-reject-1',
    members: { invoice: invoiceRowMembers, letter: 'absolute path of the letter', ...invoiceCheckMembers },
  },
  run: async (context, { file, reason, out, format, date }) => {
    const form = format ?? formOfName(out, forms);
    const letter = context.path(out);
    const { invoice, check } = await rejectInvoice(context.workspace, {
      path: context.path(file),
      reason,
      on: date ?? localDate(context.io.now()),
      write: (document) => writeFileAtomically(letter, (temporary) => render(document, form, temporary)),
    });
    return {
      data: { invoice: invoiceRowData(invoice), letter, ...invoiceCheckData(check, context.language) },
      render: (printer) =>
        printer.line(
          text({
            de: `Rechnung ${invoice.number} ist zurückgewiesen; das Schreiben: ${letter}`,
            en: `Invoice ${invoice.number} is rejected; the letter: ${letter}`,
          }),
          'good',
        ),
    };
  },
});

async function render(document: WrittenDocument, form: LetterForm, path: string): Promise<void> {
  if (form === 'docx') await (await import('../../reporting/document/docx.ts')).writeDocx(document, path);
  else await (await import('../../reporting/document/pdf.ts')).writePdf(document, path);
}
