import type { ContractPenalty } from '../../contract/read-penalties.ts';
import { contractPenalties } from '../../contract/read-penalties.ts';
import { showContracts } from '../../contract/show.ts';
import { localDate } from '../../shared/dates.ts';
import type { Format } from '../../shared/format.ts';
import { type Text, text } from '../../shared/language.ts';
import { add, centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { optionalArgument, readDate, value } from '../options.ts';

const triggers: Readonly<Record<ContractPenalty['trigger'], Text>> = {
  lateDelivery: text({ de: 'verspätete Lieferung', en: 'late delivery' }),
  lateRework: text({ de: 'verspätete Nachbesserung', en: 'late redelivery' }),
  defectiveFile: text({ de: 'mangelhafte Akten', en: 'defective files' }),
};

export default defineCommand({
  name: 'contract penalties',
  summary: text({
    de: 'Vertragsstrafen und Abzüge vorschlagen, die der Vertrag für Verzug und Mängel vorsieht',
    en: 'propose penalties and deductions that the contract provides for delays and defects',
  }),
  details: text({
    de: 'Vorschläge nach den Regeln des Vertrags (penalties); angewandt wird nichts. Ob eine Vertragsstrafe geltend gemacht wird, entscheidet ein Mensch; sie muss bei der Abnahme oder bis zur Schlusszahlung vorbehalten sein (§ 341 Abs. 3 BGB).',
    en: 'Proposals by the rules of the contract (penalties); nothing is applied. Whether a penalty is claimed is decided by a person; the right to it has to be reserved at acceptance or until final payment (§ 341 (3) BGB).',
  }),
  examples: ['scanlot contract penalties', 'scanlot contract penalties RV-2020-017 --as-of 2021-06-30 --json'],
  workspace: 'read',
  arguments: { number: optionalArgument('NUMBER', text({ de: 'nur dieser Vertrag', en: 'this contract only' })) },
  options: {
    asOf: value('DATE', text({ de: 'Stand (sonst heute)', en: 'as of (default: today)' }), readDate),
  },
  output: {
    schema: 'contract-penalties-1',
    members: {
      asOf: 'day up to which delays are counted',
      proposals:
        'contract, lot, rule, title, trigger (lateDelivery, lateRework, defectiveFile), batch, round (null while it has not come), dueOn, daysLate, count (completed periods or files), base and amount (decimal EUR, net), isCapped',
      total: 'decimal EUR, net',
    },
  },
  run: async (context, { number, asOf }) => {
    const day = asOf ?? localDate(context.io.now());
    // Tells an unknown number.
    if (number !== undefined) await showContracts(context.workspace, number);
    const proposals = await contractPenalties(context.workspace.db, day, number);
    const total = add(...proposals.map(({ amount }) => amount));
    return {
      data: {
        asOf: day,
        proposals: proposals.map((one) => ({
          ...one,
          base: centsToDecimal(one.base),
          amount: centsToDecimal(one.amount),
        })),
        total: centsToDecimal(total),
      },
      render: (printer) => {
        if (proposals.length === 0) {
          return printer.line(
            text({
              de: 'Der Vertrag gibt keinen Anlass zu Abzügen.',
              en: 'The contract gives no cause for deductions.',
            }),
            'good',
          );
        }
        printer.table(proposals, [
          {
            title: text({ de: 'Charge', en: 'batch' }),
            value: ({ batch, round }) => (round === null ? batch : `${batch}/${round}`),
          },
          { title: text({ de: 'Los', en: 'lot' }), value: ({ lot }) => lot },
          { title: text({ de: 'Regel', en: 'rule' }), value: ({ title }) => title, shrinks: true },
          { title: text({ de: 'Anlass', en: 'cause' }), value: (one, f) => causeText(one, f), shrinks: true },
          { title: text({ de: 'Wert', en: 'value' }), value: ({ base }, f) => f.money(base), align: 'right' },
          {
            title: text({ de: 'Vorschlag netto', en: 'proposed, net' }),
            value: ({ amount, isCapped }, f) => `${f.money(amount)}${isCapped ? ' (max.)' : ''}`,
            align: 'right',
          },
        ]);
        printer.line(
          text({
            de: (f) => `Zusammen ${f.money(total)} netto, vorgeschlagen zum ${f.date(day)}. Es ist nichts abgezogen.`,
            en: (f) => `${f.money(total)} net in all, proposed as of ${f.date(day)}. Nothing has been deducted.`,
          }),
        );
      },
    };
  },
});

function causeText({ trigger, dueOn, daysLate, count }: ContractPenalty, f: Format): string {
  const cause = triggers[trigger][f.language];
  if (dueOn === null) return `${cause}: ${f.number(count)}`;
  return text({
    de: `${cause}: fällig ${f.date(dueOn)}, ${f.counted(daysLate ?? 0, 'Tag', 'Tage')}`,
    en: `${cause}: due ${f.date(dueOn)}, ${f.counted(daysLate ?? 0, 'day', 'days')}`,
  })[f.language];
}
