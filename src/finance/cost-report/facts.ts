import type { KeyFigure } from '../../reporting/model.ts';
import { type Text, text } from '../../shared/language.ts';
import { type Cents, divideHalfUp } from '../../shared/money.ts';
import { shareOf, tenthsOfPercent } from '../limits.ts';
import { charges } from './budget-tables.ts';
import type { Costs } from './costs.ts';
import { groupBy, sumOf } from './sums.ts';

/** The figures for a hurried reader. */
export function costFacts(costs: Costs): KeyFigure[] {
  const { lines, services, isPart } = costs;
  const funds = sumOf(lines, (line) => line.funds);
  const carryOver = sumOf(lines, (line) => line.carryOver ?? 0);
  const [accrued, committed] = charges(lines);
  const pages = sumOf(services, (service) => service.pages);
  return [
    {
      key: 'funds',
      title: text({ de: 'Haushaltsmittel', en: 'Funds' }),
      type: 'money',
      value: funds,
      note: text({
        de: (f) => `davon übertragen ${f.money(carryOver)}`,
        en: (f) => `of it carried over ${f.money(carryOver)}`,
      }),
    },
    {
      key: 'accrued',
      title: text({ de: 'Abgenommen', en: 'Accepted' }),
      type: 'money',
      value: accrued,
      ...ofFunds(accrued, funds),
    },
    {
      key: 'committed',
      title: text({ de: 'Gebunden', en: 'Committed' }),
      type: 'money',
      value: committed,
      ...ofFunds(committed, funds),
    },
    {
      key: 'available',
      title: text({ de: 'Verfügbar', en: 'Available' }),
      type: 'money',
      value: sumOf(lines, (line) => line.available),
      ...(isPart
        ? { note: text({ de: 'nach aller Belastung dieser Ansätze', en: 'after all charges to these lines' }) }
        : {}),
    },
    { key: 'pages', title: text({ de: 'Abgenommene Seiten', en: 'Pages accepted' }), type: 'count', value: pages },
    {
      key: 'grossPerPage',
      title: text({ de: 'Kosten je Seite', en: 'Cost per page' }),
      type: 'price',
      value:
        pages === 0
          ? null
          : pricePerPage(
              sumOf(services, (service) => service.gross),
              pages,
            ),
      note: text({ de: 'brutto', en: 'gross' }),
    },
    ...yearFacts(costs),
    ...maximumFacts(costs),
  ];
}

/** What each fiscal year has left, where the report is about several. */
function yearFacts({ lines }: Costs): KeyFigure[] {
  const years = groupBy(lines, ({ fiscalYear }) => fiscalYear);
  if (years.length < 2) return [];
  return years.map(([year, own]) => {
    const funds = sumOf(own, (line) => line.funds);
    return {
      key: `available-${year}`,
      title: text({ de: `Verfügbar ${year}`, en: `Available ${year}` }),
      type: 'money',
      value: sumOf(own, (line) => line.available),
      note: text({ de: (f) => `von ${f.money(funds)}`, en: (f) => `of ${f.money(funds)}` }),
    };
  });
}

function ofFunds(amount: number, funds: Cents): { note?: Text } {
  const share = shareOf(amount, funds);
  if (share === null) return {};
  return {
    note: text({
      de: (f) => `${f.percent(tenthsOfPercent(share))} der Mittel`,
      en: (f) => `${f.percent(tenthsOfPercent(share))} of the funds`,
    }),
  };
}

/** To four decimals, as the tables round it. */
function pricePerPage(gross: Cents, pages: number): number {
  return Number(divideHalfUp(BigInt(gross) * 100n, BigInt(pages)) * 100n);
}

/** How much of each contract's maximum value is taken. */
function maximumFacts({ lots, consumption }: Costs): KeyFigure[] {
  const contracts = [...new Set(lots.map(({ contract }) => contract.id))];
  return contracts.flatMap((id) => {
    const usage = consumption.contracts.get(id);
    const maximum = usage?.maximum.value;
    if (!usage || !maximum) return [];
    return [
      {
        key: `maximum-${usage.contract.number}`,
        title: text({
          de: `Höchstwert ${usage.contract.number} beansprucht`,
          en: `Maximum of ${usage.contract.number} used`,
        }),
        type: 'percent',
        value: shareOf(usage.consumedValue, maximum),
        note: text({
          de: (f) => `${f.money(usage.consumedValue)} von ${f.money(maximum)}`,
          en: (f) => `${f.money(usage.consumedValue)} of ${f.money(maximum)}`,
        }),
      } as const,
    ];
  });
}
