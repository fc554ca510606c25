import { type Text, text } from '../../shared/language.ts';
import type { LotDocument, PriceDocument } from '../contract-document.ts';
import { uncoveredClasses } from './page-class.ts';

/** What a schema cannot say of a price sheet, for lots that have more than unit prices. */
export function priceSheetMistakes(lot: LotDocument): Text[] {
  return [
    ...lot.prices.flatMap((price) => positionMistakes(lot.key, price)),
    ...unknownPositions(lot),
    ...keysTwice(lot),
    ...classGap(lot),
    ...budgetMistakes(lot),
  ];
}

function positionMistakes(lot: string, price: PriceDocument): Text[] {
  const about = (de: string, en: string) =>
    text({
      de: `Los ${lot}: Preisposition „${price.key}“ ${de}`,
      en: `lot ${lot}: price position "${price.key}" ${en}`,
    });
  const mistakes: Text[] = [];
  const steps = price.tiers?.steps ?? [];
  if (steps.some(({ from }, index) => index > 0 && from <= (steps[index - 1]?.from ?? 0))) {
    mistakes.push(about('hat Staffeln, die nicht aufsteigen', 'has tiers that do not ascend'));
  }
  if (price.unit !== 'page' && (price.pages || price.removedBlanks)) {
    mistakes.push(
      about(
        'nennt Seitenklassen oder Leerseiten, wird aber nicht je Seite berechnet',
        'has page classes or blanks but is not by page',
      ),
    );
  }
  if (price.unit !== 'indexCharacter' && price.fields) {
    mistakes.push(
      about('nennt Indexfelder, wird aber nicht je Zeichen berechnet', 'has index fields but is not by character'),
    );
  }
  return mistakes;
}

function unknownPositions({ key, prices, surcharges = [], indexAdjustments = [] }: LotDocument): Text[] {
  const known = new Set(prices.map((price) => price.key));
  const named = [...surcharges, ...indexAdjustments].flatMap(({ positions = [] }) => positions);
  return [...new Set(named)]
    .filter((name) => !known.has(name))
    .map((name) =>
      text({
        de: `Los ${key}: Zuschlag oder Preisgleitung nennt die unbekannte Preisposition „${name}“`,
        en: `lot ${key}: a surcharge or index adjustment names the unknown price position "${name}"`,
      }),
    );
}

/** Keys of options are typed at orders: a surcharge may not be called like another one or a position. */
function keysTwice({ key, prices, surcharges = [] }: LotDocument): Text[] {
  const positions = new Set(prices.map((price) => price.key));
  const clashing = surcharges.filter(
    (one) =>
      positions.has(one.key) ||
      surcharges.some((other) => other !== one && other.key === one.key && overlap(one, other)),
  );
  return [...new Set(clashing.map((one) => one.key))].map((name) =>
    text({ de: `Los ${key}: „${name}“ kommt zweimal vor`, en: `lot ${key}: "${name}" stands twice` }),
  );
}

function overlap(a: { validFrom?: string; validTo?: string }, b: { validFrom?: string; validTo?: string }): boolean {
  return (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999');
}

/** Where all page prices are for classes, a class without one would be free of charge. */
function classGap({ key, prices }: LotDocument): Text[] {
  const ofPages = prices.filter(({ unit, option, quantity }) => unit === 'page' && !option && quantity !== 'entered');
  if (ofPages.length === 0 || ofPages.some(({ pages }) => !pages)) return [];
  const [first, ...more] = uncoveredClasses(ofPages.map(({ pages = {} }) => pages));
  if (!first) return [];
  const rest = more.length;
  return [
    text({
      de: `Los ${key}: für Seiten ${first.size} ${first.colour}${rest > 0 ? ` und ${rest} weitere Klassen` : ''} gibt es keinen Preis`,
      en: `lot ${key}: there is no price for pages ${first.size} ${first.colour}${rest > 0 ? ` and ${rest} more classes` : ''}`,
    }),
  ];
}

function budgetMistakes({ key, award, maximum, estimate }: LotDocument): Text[] {
  if (award !== 'budget' || (maximum.value !== undefined && estimate.pages !== undefined)) return [];
  return [
    text({
      de: `Los ${key}: ein Los mit festem Budget braucht maximum.value (das Budget) und estimate.pages (die angebotene Menge)`,
      en: `lot ${key}: a lot with a fixed budget needs maximum.value (the budget) and estimate.pages (the quantity offered)`,
    }),
  ];
}
