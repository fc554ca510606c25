import { approveInvoice } from '../../finance/invoice-matching/approve.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { discountData, discountMembers, discountWords } from '../cash-discount-output.ts';
import { defineCommand } from '../command.ts';
import { invoiceFileWords } from '../invoice-output.ts';
import { invoiceLineData, invoiceRowData, invoiceRowMembers } from '../invoice-state-output.ts';
import { argument, flag, readDate, value } from '../options.ts';

export default defineCommand({
  name: 'invoice approve',
  summary: text({ de: 'eine Rechnung freigeben, ganz oder zum Teil', en: 'approve an invoice, in whole or in part' }),
  details: text({
    de: 'Prüft die Rechnung wie „invoice check“ und erfasst sie mit ihren Positionen und den abgenommenen Mengen, die sie verbraucht: Keine Menge wird zweimal bezahlt. Mit offenen Fehlern verweigert; --partial gibt nur die richtigen Positionen frei und nennt die übrigen. Gutschriften werden ebenso freigegeben und geben Mengen zurück. Gewährtes Skonto wird mit Betrag und letztem Tag genannt. Gilt das Vier-Augen-Prinzip (invoices.fourEyes in scanlot.json), prüft der erste Aufruf, und eine andere Person gibt mit demselben Befehl frei.',
    en: 'Checks the invoice as "invoice check" does and records it with its lines and the accepted quantities that they use: no quantity is paid twice. Refused with open errors; --partial approves the right lines only and lists the others. Credit notes are approved alike and give quantities back. Cash discounts are told with amount and last day. Under the four-eyes rule (invoices.fourEyes in scanlot.json) the first call checks, and another person approves with the same command.',
  }),
  examples: [
    'scanlot invoice approve rechnung.xml',
    'scanlot invoice approve rechnung.xml --partial --date 2021-04-14',
  ],
  workspace: 'write',
  arguments: {
    file: argument('FILE', invoiceFileWords),
  },
  options: {
    partial: flag(text({ de: 'nur die richtigen Positionen', en: 'the right lines only' })),
    date: value(
      'DATE',
      text({ de: 'Tag der Freigabe (sonst heute)', en: 'day of approval (default: today)' }),
      readDate,
    ),
  },
  output: {
    schema: 'invoice-approve-1',
    members: {
      invoice: invoiceRowMembers,
      approved: 'lines approved: line, name, quantity, net',
      left: 'lines left out, as approved',
      replaced:
        'numbers of earlier invoices in whose place it stands: approved has a line that takes back what each billed',
      discounts: discountMembers,
    },
  },
  run: async (context, { file, partial, date }) => {
    const on = date ?? localDate(context.io.now());
    const { invoice, lines, replaced, discounts } = await approveInvoice(context.workspace, {
      path: context.path(file),
      partial,
      on,
    });
    const approved = lines.filter((line) => line.approved === 1);
    const left = lines.filter((line) => line.approved === 0);
    return {
      data: {
        invoice: invoiceRowData(invoice),
        approved: approved.map(invoiceLineData),
        left: left.map(invoiceLineData),
        replaced,
        discounts: discounts.map((discount) => discountData(discount, invoice)),
      },
      render: (printer) => {
        const { number, state, payable } = invoice;
        printer.line(
          state === 'checked'
            ? text({
                de: (f) =>
                  `Rechnung ${number} ist geprüft (${f.money(payable)}); freigeben muss sie eine zweite Person.`,
                en: (f) => `Invoice ${number} is checked (${f.money(payable)}); a second person has to approve it.`,
              })
            : text({
                de: (f) => `Rechnung ${number} ist freigegeben, zu zahlen: ${f.money(payable)}.`,
                en: (f) => `Invoice ${number} is approved, to be paid: ${f.money(payable)}.`,
              }),
          'good',
        );
        if (replaced.length > 0) {
          const numbers = replaced.join(', ');
          printer.line(
            text({
              de: `Sie tritt an die Stelle von ${numbers}; was dort schon berechnet ist, ist abgezogen.`,
              en: `It stands in the place of ${numbers}; what was billed there is deducted.`,
            }),
          );
        }
        for (const discount of discounts) printer.line(discountWords(discount, invoice));
        for (const line of left) {
          printer.line(
            text({
              de: (f) => `Nicht freigegeben: Position ${line.line} (${line.name}), ${f.money(line.net)} netto`,
              en: (f) => `Left out: line ${line.line} (${line.name}), ${f.money(line.net)} net`,
            }),
            'warn',
          );
        }
      },
    };
  },
});
