import { basename } from 'node:path';
import { openWithForm } from '../../finance/invoice/formal/open-with-form.ts';
import { checkInvoice, isError } from '../../finance/invoice-matching/check.ts';
import { readInvoiceBooks } from '../../finance/invoice-matching/read-books.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { invoiceCheckData, invoiceCheckMembers, printInvoiceCheck } from '../invoice-check-output.ts';
import { commandWords, formData, formMembers, formWords } from '../invoice-form-output.ts';
import { invoiceFileWords } from '../invoice-output.ts';
import { argument, value } from '../options.ts';

export default defineCommand({
  name: 'invoice check',
  summary: text({
    de: 'eine Rechnung mit Vertrag, Abnahmen und früheren Rechnungen vergleichen',
    en: 'hold an invoice against contract, acceptances and earlier invoices',
  }),
  details: text({
    de: 'Ordnet jede Position einer Preisposition zu (BT-156, BT-132, BT-155, Bezeichnung) und vergleicht sie mit dem, was abgenommen und noch nicht berechnet ist, mit den Preisen und dem Steuersatz des Leistungstags. Zeigt neben dem Berechneten, was richtig gewesen wäre, und woran jeder Unterschied liegt. Was bei der Abnahme nicht gezählt wird (Fahrten, Kartons), gilt bis zur im Abruf vereinbarten Menge. Die Form (EN 16931, XRechnung) prüft ein eigenes Programm, wo eines genannt ist; sonst nur, worauf es hier ankommt. Ändert nichts. Endet mit 1, wenn etwas nicht stimmt.',
    en: 'Matches each line to a price position (BT-156, BT-132, BT-155, name) and holds it against what was accepted and not yet invoiced, and the prices and VAT rate of the day of performance. Shows what would have been right beside what was billed, and the cause of each difference. What is not counted at acceptance (trips, boxes) may be billed up to the quantity agreed in the order. The form (EN 16931, XRechnung) is checked by another program where one is named; otherwise only what matters here. Changes nothing. Ends with 1 when something is wrong.',
  }),
  examples: [
    'scanlot invoice check rechnung.xml',
    'scanlot invoice check rechnung.pdf --json',
    'scanlot invoice check rechnung.xml --validator "java -jar validationtool.jar -s scenarios.xml -o {output} {file}"',
  ],
  workspace: 'read',
  arguments: {
    file: argument('FILE', invoiceFileWords),
  },
  options: {
    validator: value(
      'COMMAND',
      text({
        de: 'Programm, das die Form der Rechnung prüft, mit {file} für ihr XML (sonst invoices.validator in scanlot.json)',
        en: 'program that checks the form of the invoice, with {file} for its XML (default: invoices.validator in scanlot.json)',
      }),
    ),
  },
  output: {
    schema: 'invoice-check-1',
    members: { file: 'the file as named', form: formMembers, ...invoiceCheckMembers },
  },
  run: async (context, { file, validator }) => {
    const { workspace, language, signal } = context;
    const command = validator ? commandWords(validator) : workspace.config.invoices?.validator;
    const read = await openWithForm(context.path(file), command, { signal });
    const books = await readInvoiceBooks(workspace.db, workspace.config.invoices?.buyerReference);
    const check = checkInvoice(read, books, basename(file));
    return {
      data: { file, form: formData(read.form), ...invoiceCheckData(check, language) },
      exitCode: check.findings.some(isError) ? 1 : 0,
      render: (printer) => {
        printInvoiceCheck(printer, check);
        printer.line(formWords(read.form));
      },
    };
  },
});
