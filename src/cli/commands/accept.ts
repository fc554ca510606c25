import { acceptDelivery } from '../../acceptance/decide.ts';
import { localDate } from '../../shared/dates.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { decisionData, decisionMembers, printDecision } from '../decision-output.ts';
import { argument, flag, readCount, readDate, repeated, value } from '../options.ts';
import { readQuantity } from '../quantity-option.ts';

export default defineCommand({
  name: 'accept',
  summary: text({ de: 'Lieferung abnehmen, ganz oder teilweise', en: 'accept a delivery, in whole or in part' }),
  details: text({
    de: 'Voraussetzung: geprüft, abgeglichen, kein offener Fehler ohne Freigabe. Was nicht abgenommen wird, ist damit zurückgewiesen und steht in der Mängelliste. Gerügte Akten treten an die Stelle des bisherigen Inhalts und werden nicht erneut vergütet. Der Leistungstag entscheidet über Preis und Umsatzsteuer. Mengen, die in der Lieferung niemand zählt (Kartons, Stunden, Sonderbehandlung), werden mit --quantity angegeben und mit der Abnahme berechnet.',
    en: 'Needs: checked, reconciled, no open error without waiver. What is not accepted is rejected by the same decision and listed as defective. Files that were complained about take the place of the former content, and are not paid again. The date of performance decides price and VAT. Quantities that nobody counts in the delivery (boxes, hours, special handling) are stated by --quantity and priced with the acceptance.',
  }),
  examples: [
    'scanlot accept B-2021-001',
    'scanlot accept B-2021-001 --partial --date 2021-03-12',
    'scanlot accept B-2021-001 --quantity box=12 --quantity unstaple=340',
    'scanlot accept B-2021-001 --file "33.1-0042/2019" --file "33.1-0043/2019#2"',
  ],
  workspace: 'write',
  arguments: { batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })) },
  options: {
    round: value('N', text({ de: 'Runde (sonst die neueste)', en: 'round (default: the newest)' }), readCount),
    partial: flag(text({ de: 'nur die fehlerfreien Akten', en: 'the faultless files only' })),
    file: repeated(
      'REFERENCE',
      text({
        de: 'nur diese Akte, mit #BAND für einen Band (mehrfach)',
        en: 'this file only, with #VOLUME for one volume (repeatable)',
      }),
    ),
    quantity: repeated(
      'POSITION=N',
      text({
        de: 'Menge einer Preisposition, die niemand zählt, etwa kg=120 (mehrfach)',
        en: 'quantity of a price position that nobody counts, such as kg=120 (repeatable)',
      }),
      readQuantity,
    ),
    date: value(
      'DATE',
      text({ de: 'Tag der Abnahme (sonst heute)', en: 'day of acceptance (default: today)' }),
      readDate,
    ),
    performedOn: value(
      'DATE',
      text({ de: 'Leistungstag (sonst Tag der Abnahme)', en: 'date of performance (default: day of acceptance)' }),
      readDate,
    ),
  },
  output: { schema: 'accept-1', members: decisionMembers },
  run: async (context, values) => {
    if (values.partial && values.file.length > 0) throw contradiction();
    const decidedOn = values.date ?? localDate(context.io.now());
    const decision = await acceptDelivery(
      context.workspace,
      {
        batch: values.batch,
        round: values.round,
        selection:
          values.file.length > 0
            ? { kind: 'named', references: values.file }
            : { kind: values.partial ? 'faultless' : 'all' },
        decidedOn,
        performedOn: values.performedOn ?? decidedOn,
        quantities: new Map(values.quantity),
      },
      context.language,
    );
    return {
      data: decisionData(decision),
      render: (printer) => printDecision(printer, decision),
    };
  },
});

function contradiction(): UsageError {
  return new UsageError(
    'usage.contradiction',
    text({ de: '--partial und --file schließen sich aus.', en: '--partial and --file exclude each other.' }),
    text({ de: 'Eines von beiden weglassen.', en: 'Leave out one of them.' }),
  );
}
