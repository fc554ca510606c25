import { unitNames } from '../../contract/price-unit.ts';
import type { Format } from '../../shared/format.ts';
import { type Text, text } from '../../shared/language.ts';
import { budgetName } from '../budget-line.ts';
import type { Costs } from './costs.ts';
import { groupBy, sumOf } from './sums.ts';
import { hasShelf, knownFiles } from './unit-cost-tables.ts';

const rules: readonly Text[] = [
  text({
    de: 'Beträge sind brutto in Euro, soweit nicht „netto“ dabeisteht.',
    en: 'Amounts are gross in euros unless they say "net".',
  }),
  text({
    de: 'Rundung: Jede Preisposition einer Abnahme wird auf den Cent gerundet (kaufmännisch), die Umsatzsteuer einmal auf die Nettosumme der Abnahme gerechnet. Alle Summen sind Summen dieser Beträge.',
    en: 'Rounding: each price position of an acceptance is rounded to the cent (half away from zero), and VAT is computed once on the net sum of the acceptance. All sums are sums of these amounts.',
  }),
  text({
    de: 'Preis und Umsatzsteuersatz sind die des Leistungstages (19 %; vom 01.07. bis 31.12.2020: 16 %), nicht die des Abrufs oder der Rechnung.',
    en: 'Price and VAT rate are those of the day of performance (19 %; from 2020-07-01 to 2020-12-31: 16 %), not those of the call-off or the invoice.',
  }),
  text({
    de: 'Gebunden ist, was offene Abrufe des Haushaltsjahres über das schon Abgenommene hinaus bestellen; ein beendeter Abruf bindet nichts mehr.',
    en: 'Committed is what open call-offs of the fiscal year order beyond what was accepted of them; a closed call-off commits nothing.',
  }),
  text({
    de: 'Abgenommen zählt zum Haushaltsjahr des Leistungstages, mit Konto und Kostenstelle des Abrufs; Anfangsbestände zählen mit.',
    en: 'Accepted belongs to the fiscal year of the day of performance, with account and cost centre of the call-off; opening balances count.',
  }),
  text({
    de: 'Auf Höchstwert und Höchstmenge zählt über die ganze Laufzeit: Anfangsbestand, von beendeten Abrufen das Abgenommene, von offenen das Abgerufene oder, wenn es mehr ist, das Abgenommene.',
    en: 'Against maximum value and quantity counts, over the whole term: opening balances, what was accepted of closed call-offs, and of open ones what was ordered or, if more, accepted.',
  }),
];

/** What a reader must know to judge the figures: the rules, then what is particular to these figures. */
export function costNotes(costs: Costs): Text[] {
  return [
    ...rules,
    ...selectionNotes(costs),
    ...unitCostNotes(costs),
    ...withoutBudget(costs),
    ...uncountedNotes(costs),
  ];
}

function selectionNotes({ selection: { asOf }, isPart }: Costs): Text[] {
  const notes: Text[] = [];
  if (isPart) {
    notes.push(
      text({
        de: '„Übrige Belastung“ ist, was andere Lose oder Ämter denselben Ansätzen entnehmen; verfügbar ist, was danach bleibt.',
        en: '"Charged by others" is what other lots or departments take of the same budget lines; available is what is left after that.',
      }),
    );
  }
  if (asOf !== undefined) {
    notes.push(
      text({
        de: (f) =>
          `Stand ${f.date(asOf)}: Abrufe und Abnahmeentscheidungen bis zu diesem Tag, Anfangsbestände mit Leistung bis zu diesem Tag; Ansätze, Verträge und Preise mit ihrem heutigen Inhalt.`,
        en: (f) =>
          `As of ${f.date(asOf)}: call-offs and decisions up to that day, opening balances performed up to that day; budget lines, contracts and prices as they are today.`,
      }),
    );
  }
  return notes;
}

function unitCostNotes({ services }: Costs): Text[] {
  const unknown = (isKnown: (service: Costs['services'][number]) => boolean) => {
    const rest = services.filter((service) => !isKnown(service));
    return { count: rest.length, gross: sumOf(rest, ({ gross }) => gross) };
  };
  const shelf = unknown(hasShelf);
  const files = unknown((service) => knownFiles(service) !== null);
  const notes = [
    text({
      de: 'Laufende Meter einer Abnahme sind der Anteil ihrer Akten an der gemessenen Länge der Charge; ohne Messung, sobald der Abruf beendet ist, an der Länge des Abrufs.',
      en: 'Running metres of an acceptance are the share of its files in the measured length of the batch; without one, once the call-off is closed, in the length of the call-off.',
    }),
  ];
  if (shelf.count > 0) {
    notes.push(
      text({
        de: (f) =>
          `Bewegungen ohne bekannte Länge: ${f.number(shelf.count)}, zusammen ${f.money(shelf.gross)}; sie gehen nicht in die Kosten je laufendem Meter ein.`,
        en: (f) =>
          `Movements of unknown length: ${f.number(shelf.count)}, together ${f.money(shelf.gross)}; they are left out of the cost per running metre.`,
      }),
    );
  }
  if (files.count > 0) {
    notes.push(
      text({
        de: (f) =>
          `Bewegungen ohne bekannte Zahl der Akten: ${f.number(files.count)}, zusammen ${f.money(files.gross)}; sie gehen nicht in die Kosten je Akte ein.`,
        en: (f) =>
          `Movements with an unknown number of files: ${f.number(files.count)}, together ${f.money(files.gross)}; they are left out of the cost per file.`,
      }),
    );
  }
  return notes;
}

function withoutBudget({ lines }: Costs): Text[] {
  const names = lines.filter(({ appropriation }) => appropriation === null).map(budgetName);
  if (names.length === 0) return [];
  return [
    text({
      de: `Ohne Haushaltsansatz belastet (Jahr · Konto · Kostenstelle): ${names.join('; ')}.`,
      en: `Charged without an appropriation (year · account · cost centre): ${names.join('; ')}.`,
    }),
  ];
}

/** Boxes, metres, trips: ordered, but no acceptance tells how many there were. */
function uncountedNotes({ uncounted, lots }: Costs): Text[] {
  if (uncounted.length === 0) return [];
  const keys = new Map(lots.map(({ id, key }) => [id, key]));
  const groups = groupBy(uncounted, ({ callOff, position, unit }) => `${callOff.lotId} ${position} ${unit}`);
  const list = (format: Format) =>
    groups
      .flatMap(([, [first, ...others]]) => {
        if (!first) return [];
        const all = [first, ...others];
        const quantity = sumOf(all, (part) => part.quantity);
        const amount = format.number(quantity / 1000, quantity % 1000 === 0 ? 0 : 3);
        const net = format.money(sumOf(all, (part) => part.net));
        const lot = `${{ de: 'Los', en: 'lot' }[format.language]} ${keys.get(first.callOff.lotId) ?? ''}`;
        return [
          `${lot} „${first.title}“: ${amount} × ${unitNames[first.unit][format.language]}, ${net} ${{ de: 'netto', en: 'net' }[format.language]}`,
        ];
      })
      .join('; ');
  return [
    text({
      de: (f) =>
        `Bestellt, aber bei der Abnahme nicht gezählt: ${list(f)}. Diese Positionen sind gebunden, solange der Abruf offen ist, und im Abgenommenen nicht enthalten.`,
      en: (f) =>
        `Ordered but not counted at acceptance: ${list(f)}. These positions are committed as long as the call-off is open, and not part of what is accepted.`,
    }),
  ];
}
