import type { Dataset, DatasetRow } from '../../reporting/definition/dataset.ts';
import { proportion } from '../../reporting/ratio.ts';
import { yearOf } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import type { AcceptedService } from '../accepted.ts';
import type { Funding } from '../budget-store.ts';
import type { ReportBooks } from '../report-books.ts';
import { shareByWeights } from '../share-by-weights.ts';
import { common, field } from './fields.ts';
import { ofService } from './origins.ts';

export const fundingFields = {
  funding: field('text', 'Förderung', 'Funding'),
  fundingTitle: field('text', 'Bezeichnung', 'Title'),
  year: common.year,
  startsOn: field('date', 'von', 'From'),
  endsOn: field('date', 'bis', 'To'),
  share: field('percent', 'Fördersatz', 'Share'),
  ceiling: field('money', 'Höchstbetrag', 'Ceiling'),
  eligible: field('money', 'Förderfähig', 'Eligible'),
  grant: field('money', 'Zuwendung', 'Grant'),
} as const;

/** What grants pay of the accepted cost, by year; the years of a grant sum to its share of the whole, up to its ceiling. */
export function fundings(books: ReportBooks): Dataset {
  return { fields: fundingFields, rows: books.fundings.flatMap((funding) => fundingRows(funding, books)), notes };
}

const notes = [
  {
    words: text({
      de: 'Zuwendung: Fördersatz auf das Abgenommene (brutto) der geförderten Konten im Förderzeitraum, höchstens der Höchstbetrag; auf den Cent gerundet auf die Summe seit Beginn, je Jahr die Differenz.',
      en: 'Grant: the share of what was accepted (gross) on the funded accounts in the period, at most the ceiling; rounded to the cent on the sum since its start, each year being the difference.',
    }),
  },
];

function fundingRows(funding: Funding, { allServices, selection }: ReportBooks): DatasetRow[] {
  const { startsOn, endsOn, accounts, share, ceiling } = funding;
  const eligible = allServices.filter(
    ({ performedOn, account }) => startsOn <= performedOn && performedOn <= endsOn && accounts.includes(account),
  );
  let [sum, given] = [0, 0];
  return [...new Set(eligible.map(({ performedOn }) => yearOf(performedOn)))]
    .sort((a, b) => a - b)
    .map((year): DatasetRow => {
      const own = eligible.filter(({ performedOn }) => yearOf(performedOn) === year);
      const amount = grossOf(own);
      sum += amount;
      const whole = Math.max(0, proportion(sum, share, 1_000_000));
      const upTo = ceiling === null ? whole : Math.min(whole, ceiling);
      const grant = upTo - given;
      given = upTo;
      const { key, title } = funding;
      const head = { funding: key, fundingTitle: title, year, startsOn, endsOn, share, ceiling };
      return { values: { ...head, eligible: amount, grant }, origins: own.map(ofService) };
    })
    .filter(({ values }) => selection.year === undefined || values.year === selection.year);
}

function grossOf(services: readonly AcceptedService[]): number {
  return services.reduce((sum, { gross }) => sum + gross, 0);
}

export const sharingFields = {
  sharing: field('text', 'Schlüssel', 'Key'),
  sharingTitle: field('text', 'Bezeichnung', 'Title'),
  year: common.year,
  account: common.account,
  department: common.department,
  weight: field('count', 'Anteil', 'Weight'),
  whole: field('money', 'Kosten gesamt', 'Cost in all'),
  part: field('money', 'Kostenanteil', 'Share of the cost'),
} as const;

/** What each department bears of shared accounts, by year; the parts of a year sum to its cost, to the cent. */
export function sharing(books: ReportBooks): Dataset {
  const { year: chosenYear, department: chosen } = books.selection;
  const rows = books.sharing.flatMap(({ key, title, account, costCentre, shares }) => {
    const own = books.allServices.filter(
      (one) => one.account === account && (costCentre === null || one.costCentre === costCentre),
    );
    const years = [...new Set(own.map(({ performedOn }) => yearOf(performedOn)))].sort((a, b) => a - b);
    return years.flatMap((year) => {
      const services = own.filter(({ performedOn }) => yearOf(performedOn) === year);
      const whole = grossOf(services);
      const parts = shareByWeights(
        whole,
        shares.map(({ weight }) => weight),
      );
      return shares.map(({ department, weight }, index): DatasetRow => {
        const head = { sharing: key, sharingTitle: title, year, account, department };
        return {
          values: { ...head, weight, whole: index === 0 ? whole : null, part: parts[index] ?? 0 },
          origins: services.map(ofService),
        };
      });
    });
  });
  return {
    fields: sharingFields,
    notes: [
      {
        words: text({
          de: 'Umlage: nach den Anteilen des Schlüssels auf den Cent abgerundet; die restlichen Cent gehen an die größten Reste, bei gleichen an das zuerst genannte Amt.',
          en: 'Sharing: by the weights of the key, rounded down to the cent; the cents left go to the largest remainders, among equals to the department named first.',
        }),
      },
    ],
    rows: rows.filter(
      ({ values }) =>
        (chosenYear === undefined || values.year === chosenYear) &&
        (chosen === undefined || values.department === chosen),
    ),
  };
}
