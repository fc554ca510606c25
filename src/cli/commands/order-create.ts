import { createCallOff } from '../../contract/create-call-off.ts';
import { localDate } from '../../shared/dates.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { centsToDecimal, microsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { limitWarningRecord, limitWarningText } from '../limit-warning.ts';
import { readCount, readDate, readMetres, readMoney, repeated, requiredValue, value } from '../options.ts';
import { readQuantity } from '../quantity-option.ts';

export default defineCommand({
  name: 'order create',
  summary: text({
    de: 'Leistung aus einem Los abrufen; bindet Geld und Menge',
    en: 'call off from a lot; commits money and quantity',
  }),
  details: text({
    de: 'Mengen sind Schätzungen: abgerechnet wird, was abgenommen ist. Ein Abruf über eine Obergrenze von Los oder Vertrag wird abgelehnt; ebenso einer, für den der Haushaltsansatz nicht reicht, wenn kein Grund (--over-budget) genannt ist. Konto und Kostenstelle ergeben sich aus dem Haushaltsansatz der Dienststelle, wenn er eindeutig ist.',
    en: "Quantities are estimates: what is accepted is settled. A call-off above a maximum of lot or contract is refused; so is one that exceeds its budget line, unless a reason is given (--over-budget). Account and cost centre follow from the department's budget line where there is only one.",
  }),
  examples: [
    'scanlot order create --lot L1 --pages 500000 --files 4200 --date 2021-02-01',
    'scanlot order create --lot L3 --budget 46000.00 --date 2021-03-01',
    'scanlot order create --lot L1 --pages 3.000.000 --running-metres 330 --quantity box=1200 --account 12210.527100 --cost-centre 3210',
  ],
  workspace: 'write',
  options: {
    lot: requiredValue('LOT', text({ de: 'das Los', en: 'the lot' })),
    pages: value('COUNT', text({ de: 'Seiten, geschätzt', en: 'pages, estimated' }), readCount),
    budget: value(
      'EUR',
      text({
        de: 'statt --pages: so viele Seiten, wie dieser Bruttobetrag kauft',
        en: 'in place of --pages: as many pages as this gross amount buys',
      }),
      readMoney,
    ),
    files: value('COUNT', text({ de: 'Akten, geschätzt', en: 'files, estimated' }), readCount),
    documents: value(
      'COUNT',
      text({ de: 'Dokumente, geschätzt (sonst wie Akten)', en: 'documents, estimated (default: as files)' }),
      readCount,
    ),
    runningMetres: value('METRES', text({ de: 'laufende Meter', en: 'running metres' }), readMetres),
    quantity: repeated(
      'POSITION=N',
      text({
        de: 'Menge einer Position, die nicht gezählt wird (mehrfach)',
        en: 'quantity of a position that is not counted (repeatable)',
      }),
      readQuantity,
    ),
    option: repeated(
      'KEY',
      text({
        de: 'optionale Preisposition oder optionaler Zuschlag (mehrfach)',
        en: 'optional price position or surcharge (repeatable)',
      }),
    ),
    date: value(
      'DATE',
      text({ de: 'Datum des Abrufs (sonst heute)', en: 'date of the call-off (default: today)' }),
      readDate,
    ),
    account: value('ACCOUNT', text({ de: 'Produktsachkonto', en: 'account' })),
    costCentre: value('CENTRE', text({ de: 'Kostenstelle', en: 'cost centre' })),
    fiscalYear: value(
      'YEAR',
      text({ de: 'Haushaltsjahr (sonst Jahr des Abrufs)', en: 'fiscal year (default: that of the date)' }),
      readCount,
    ),
    number: value(
      'NUMBER',
      text({ de: 'Nummer (sonst die nächste freie)', en: 'number (default: the next free one)' }),
    ),
    note: value('TEXT', text({ de: 'Vermerk', en: 'note' })),
    overBudget: value(
      'REASON',
      text({
        de: 'Grund, aus dem der Haushaltsansatz überschritten werden darf',
        en: 'reason why the budget line may be exceeded',
      }),
    ),
    overMaximum: value(
      'REASON',
      text({
        de: 'Grund, aus dem eine Obergrenze des Vertrags überschritten werden darf (mit --role)',
        en: 'reason why a maximum of the contract may be exceeded (with --role)',
      }),
    ),
    role: value(
      'ROLE',
      text({
        de: 'Rolle, die der Vertrag dazu befugt (control.overrides)',
        en: 'role that the contract entitles to it (control.overrides)',
      }),
    ),
  },
  output: {
    schema: 'order-create-1',
    members: {
      number: 'number of the call-off',
      lot: 'key of the lot',
      orderedOn: 'date',
      fiscalYear: 'fiscal year that it burdens',
      account: 'account',
      costCentre: 'cost centre',
      pages: 'pages ordered',
      lines: 'price lines: position, unit, quantity (decimal), price, net',
      net: 'decimal EUR',
      vat: 'decimal EUR',
      gross: 'decimal EUR, committed',
      warnings:
        'maxima near or reached: of, measure (value, pages, millimetres), share (millionths), warnAt (millionths), state',
    },
  },
  run: async (context, values) => {
    if (values.pages !== undefined && values.budget !== undefined) throw contradiction();
    const { callOff, calculation, warnings } = await createCallOff(context.workspace, {
      lot: values.lot,
      pages: values.pages,
      amount: values.budget,
      files: values.files ?? 0,
      documents: values.documents ?? values.files ?? 0,
      millimetres: values.runningMetres ?? 0,
      orderedOn: values.date ?? localDate(context.io.now()),
      quantities: new Map(values.quantity),
      account: values.account,
      costCentre: values.costCentre,
      fiscalYear: values.fiscalYear,
      number: values.number,
      note: values.note,
      options: values.option,
      overBudget: values.overBudget,
      overMaximum:
        values.overMaximum === undefined ? undefined : { reason: values.overMaximum, role: values.role ?? '' },
    });
    return {
      data: {
        number: callOff.number,
        lot: callOff.lot.key,
        orderedOn: callOff.ordered_on,
        fiscalYear: callOff.fiscal_year,
        account: callOff.account,
        costCentre: callOff.cost_centre,
        pages: callOff.pages,
        lines: calculation.lines.map(({ position, quantity, net }) => ({
          position: position.key,
          unit: position.unit,
          quantity: quantity / 1000,
          price: microsToDecimal(position.price),
          net: centsToDecimal(net),
        })),
        net: centsToDecimal(calculation.net),
        vat: centsToDecimal(calculation.vat),
        gross: centsToDecimal(calculation.gross),
        warnings: warnings.map((warning) => limitWarningRecord(warning, context.language)),
      },
      render: (printer) => {
        printer.line(
          text({
            de: (f) =>
              `Abruf ${callOff.number}: ${f.counted(callOff.pages, 'Seite', 'Seiten')} aus Los ${callOff.lot.key}, ${f.money(calculation.gross)} brutto gebunden.`,
            en: (f) =>
              `Call-off ${callOff.number}: ${f.counted(callOff.pages, 'page', 'pages')} of lot ${callOff.lot.key}, ${f.money(calculation.gross)} gross committed.`,
          }),
          'good',
        );
        printer.table(calculation.lines, [
          { title: text({ de: 'Position', en: 'position' }), value: ({ position }) => position.title, shrinks: true },
          {
            title: text({ de: 'Menge', en: 'quantity' }),
            value: ({ quantity }, f) => f.number(quantity / 1000, quantity % 1000 === 0 ? 0 : 3),
            align: 'right',
          },
          {
            title: text({ de: 'Preis', en: 'price' }),
            value: ({ position }, f) => f.price(position.price),
            align: 'right',
          },
          { title: text({ de: 'netto', en: 'net' }), value: ({ net }, f) => f.money(net), align: 'right' },
        ]);
        printer.line(
          text({
            de: (f) =>
              `Haushalt ${callOff.fiscal_year}, Konto ${callOff.account}, Kostenstelle ${callOff.cost_centre}: netto ${f.money(calculation.net)}, USt ${f.money(calculation.vat)}`,
            en: (f) =>
              `Budget ${callOff.fiscal_year}, account ${callOff.account}, cost centre ${callOff.cost_centre}: net ${f.money(calculation.net)}, VAT ${f.money(calculation.vat)}`,
          }),
        );
        for (const warning of warnings) printer.line(limitWarningText(warning), 'warn');
      },
    };
  },
});

function contradiction(): UsageError {
  return new UsageError(
    'usage.contradiction',
    text({ de: '--pages und --budget schließen sich aus.', en: '--pages and --budget exclude each other.' }),
    text({ de: 'Eines von beiden weglassen.', en: 'Leave out one of them.' }),
  );
}
