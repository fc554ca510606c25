import { consumptionOf, type LotConsumption } from '../../finance/consumption.ts';
import { greatestShare, tenthsOfPercent } from '../../finance/limits.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { orDash, printLimitWarnings, usageRecord } from '../lot-output.ts';
import type { TableColumn } from '../printer.ts';

export default defineCommand({
  name: 'lot list',
  summary: text({
    de: 'Lose: abgerufen, abgenommen, Ausschöpfung der Höchstwerte',
    en: 'lots: ordered, accepted, share of their maxima',
  }),
  details: text({
    de: 'Beansprucht ist, was auf die Höchstwerte zählt: Anfangsbestand, von beendeten Abrufen das Abgenommene, von offenen das Abgerufene oder, wenn es mehr ist, das Abgenommene und das in Nachbesserung. Gewarnt wird ab dem Anteil, den der Vertrag nennt, sonst ab 80 %.',
    en: 'Consumed is what counts against the maxima: opening balances, what was accepted of closed call-offs, and of open ones what was ordered or, if more, accepted and in rework. Warnings begin at the share that the contract states, otherwise at 80 %.',
  }),
  examples: ['scanlot lot list', 'scanlot lot list --json'],
  workspace: 'read',
  output: {
    schema: 'lot-list-1',
    members: {
      lots: 'the lots: contract, key, title, department; pages, runningMetres (decimal), value (decimal EUR, basis net or gross), each with ordered, accepted, opening, rework, consumed, estimate, maximum; share (the greatest of a maximum, 1 is all of it), warnings (measure, share, state near or reached)',
      contracts: 'the contracts: number; pages, runningMetres, value, share, warnings as for lots',
    },
  },
  run: async ({ workspace }) => {
    const consumption = await consumptionOf(workspace.db);
    const lots = [...consumption.lots.values()];
    const contracts = [...consumption.contracts.values()];
    return {
      data: {
        lots: lots.map((usage) => {
          const { contract, key, title, department } = usage.lot;
          const figures = usageRecord(usage, contract.valueBasis, usage.estimate);
          return { contract: contract.number, key, title, department, ...figures };
        }),
        contracts: contracts.map((usage) => ({
          number: usage.contract.number,
          ...usageRecord(usage, usage.contract.valueBasis, null),
        })),
      },
      render: (printer) => {
        printer.table(lots, lotColumns(contracts.length > 1));
        if (lots.length === 0) return;
        printer.line();
        for (const usage of contracts) {
          const { number } = usage.contract;
          printer.line(
            text({
              de: (f) =>
                `Vertrag ${number}: ${f.money(usage.consumedValue)} beansprucht von ${orDash(usage.maximum.value, f.money)}, ${f.counted(usage.consumed.pages, 'Seite', 'Seiten')} von ${orDash(usage.maximum.pages, f.number)}`,
              en: (f) =>
                `Contract ${number}: ${f.money(usage.consumedValue)} consumed of ${orDash(usage.maximum.value, f.money)}, ${f.counted(usage.consumed.pages, 'page', 'pages')} of ${orDash(usage.maximum.pages, f.number)}`,
            }),
          );
          printLimitWarnings(printer, text({ de: `Vertrag ${number}`, en: `Contract ${number}` }), usage);
        }
        for (const usage of lots) {
          const { key } = usage.lot;
          printLimitWarnings(printer, text({ de: `Los ${key}`, en: `Lot ${key}` }), usage);
        }
      },
    };
  },
});

function lotColumns(withContract: boolean): TableColumn<LotConsumption>[] {
  const contract: TableColumn<LotConsumption> = {
    title: text({ de: 'Vertrag', en: 'contract' }),
    value: ({ lot }) => lot.contract.number,
  };
  return [
    ...(withContract ? [contract] : []),
    { title: text({ de: 'Los', en: 'lot' }), value: ({ lot }) => lot.key },
    { title: text({ de: 'Bezeichnung', en: 'title' }), value: ({ lot }) => lot.title, shrinks: true },
    { title: text({ de: 'Amt', en: 'department' }), value: ({ lot }) => lot.department, shrinks: true },
    {
      title: text({ de: 'Seiten abgerufen', en: 'pages ordered' }),
      value: ({ ordered }, f) => f.number(ordered.pages),
      align: 'right',
    },
    {
      title: text({ de: 'abgenommen', en: 'accepted' }),
      value: ({ accepted, opening }, f) => f.number(accepted.pages + opening.pages),
      align: 'right',
    },
    {
      title: text({ de: 'Höchstmenge', en: 'maximum' }),
      value: ({ maximum }, f) => orDash(maximum.pages, f.number),
      align: 'right',
    },
    {
      title: text({ de: 'Wert beansprucht', en: 'value consumed' }),
      value: ({ consumedValue }, f) => f.money(consumedValue),
      align: 'right',
    },
    {
      title: text({ de: 'Höchstwert', en: 'maximum value' }),
      value: ({ maximum }, f) => orDash(maximum.value, f.money),
      align: 'right',
    },
    {
      title: text({ de: 'Anteil', en: 'share' }),
      value: (usage, f) => orDash(greatestShare(usage), (share) => f.percent(tenthsOfPercent(share))),
      align: 'right',
    },
  ];
}
