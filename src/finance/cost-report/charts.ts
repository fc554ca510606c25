import type { Chart } from '../../reporting/model.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { charges, yearsAndAccounts } from './budget-tables.ts';
import type { Costs } from './costs.ts';
import { sumOf } from './sums.ts';

/** The pictures of the report; none of something that has no figures. */
export function costCharts(costs: Costs): Chart[] {
  return [budgetChart(costs), limitChart(costs)].filter(({ categories }) => categories.length > 0);
}

function budgetChart({ lines, isPart }: Costs): Chart {
  const groups = yearsAndAccounts(lines);
  const charged = groups.map(([, parts]) => charges(parts));
  const others = {
    key: 'others',
    title: text({ de: 'übrige Belastung', en: 'charged by others' }),
    stack: 'charged',
    values: charged.map(([, , amount]) => amount),
  };
  return {
    kind: 'bars',
    key: 'budget',
    type: 'money',
    title: text({ de: 'Mittel und Belastung nach Jahren und Konten', en: 'Funds and charges by year and account' }),
    description: text({
      de: 'Für jedes Haushaltsjahr und Konto die Mittel (Ansatz und Übertragung) neben dem, was abgenommen und gebunden ist.',
      en: 'For each fiscal year and account the funds (appropriation and carry-over) beside what is accepted and committed.',
    }),
    categories: groups.map(([{ fiscalYear, account }]) => verbatim(`${fiscalYear} · ${account}`)),
    series: [
      {
        key: 'funds',
        title: text({ de: 'Mittel', en: 'funds' }),
        stack: 'funds',
        target: true,
        values: groups.map(([, parts]) => sumOf(parts, ({ funds }) => funds)),
      },
      {
        key: 'accrued',
        title: text({ de: 'abgenommen', en: 'accepted' }),
        stack: 'charged',
        values: charged.map(([accrued]) => accrued),
      },
      {
        key: 'committed',
        title: text({ de: 'gebunden', en: 'committed' }),
        stack: 'charged',
        values: charged.map(([, committed]) => committed),
      },
      ...(isPart ? [others] : []),
    ],
  };
}

/** Lots with a maximum value, each in its contract's value basis. */
function limitChart({ lots, consumption }: Costs): Chart {
  const limited = lots.flatMap((lot) => {
    const usage = consumption.lots.get(lot.id);
    const { value: maximum } = lot.maximum;
    if (!usage || maximum === null) return [];
    const basis = lot.contract.valueBasis;
    const accepted = usage.accepted[basis] + usage.opening[basis];
    return [{ lot, maximum, accepted, ordered: usage.consumedValue - accepted }];
  });
  return {
    kind: 'bars',
    key: 'maxima',
    type: 'money',
    title: limitTitle(new Set(limited.map(({ lot }) => lot.contract.valueBasis))),
    description: text({
      de: 'Für jedes Los der Höchstwert neben dem, was abgenommen und darüber hinaus abgerufen ist, über die ganze Laufzeit.',
      en: 'For each lot its maximum beside what is accepted and what is ordered beyond that, over the whole term.',
    }),
    categories: limited.map(({ lot }) => verbatim(`${lot.key} ${lot.title}`)),
    series: [
      {
        key: 'maximum',
        title: text({ de: 'Höchstwert', en: 'maximum' }),
        stack: 'maximum',
        target: true,
        values: limited.map(({ maximum }) => maximum),
      },
      {
        key: 'accepted',
        title: text({ de: 'abgenommen', en: 'accepted' }),
        stack: 'consumed',
        values: limited.map(({ accepted }) => accepted),
      },
      {
        key: 'ordered',
        title: text({ de: 'abgerufen, noch offen', en: 'ordered, still open' }),
        stack: 'consumed',
        values: limited.map(({ ordered }) => ordered),
      },
    ],
  };
}

/** Says whether the values are net or gross, where all of them are the same. */
function limitTitle(bases: ReadonlySet<'net' | 'gross'>): Text {
  if (bases.size !== 1) return text({ de: 'Lose gegen ihren Höchstwert', en: 'Lots against their maximum' });
  return bases.has('net')
    ? text({ de: 'Lose gegen ihren Höchstwert (netto)', en: 'Lots against their maximum (net)' })
    : text({ de: 'Lose gegen ihren Höchstwert (brutto)', en: 'Lots against their maximum (gross)' });
}
