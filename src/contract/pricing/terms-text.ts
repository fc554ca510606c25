import type { Format } from '../../shared/format.ts';
import { type Text, text } from '../../shared/language.ts';
import type { Micros } from '../../shared/money.ts';
import type { Adjustment, PriceTerms, Scope } from './price-terms.ts';

const scopeNames: Readonly<Record<Scope, Text>> = {
  delivery: text({ de: 'je Abnahme', en: 'per acceptance' }),
  order: text({ de: 'je Abruf', en: 'per call-off' }),
  year: text({ de: 'je Jahr', en: 'per year' }),
  lot: text({ de: 'über das Los', en: 'over the lot' }),
  contract: text({ de: 'über den Vertrag', en: 'over the contract' }),
};

/** What holds beside the unit price, in words; empty for a plain unit price. */
export function termsText(terms: PriceTerms | undefined): Text {
  return text({ de: (f) => parts(terms ?? {}, f).join('; '), en: (f) => parts(terms ?? {}, f).join('; ') });
}

function parts(terms: PriceTerms, f: Format): string[] {
  const say = (de: string, en: string) => (f.language === 'de' ? de : en);
  const scoped = (scope: Scope) => scopeNames[scope][f.language];
  const { tiers, free, minimum, pages } = terms;
  return [
    ...(terms.isOption ? [say('Option', 'option')] : []),
    ...(terms.isEntered ? [say('Menge mit der Abnahme angegeben', 'quantity stated with the acceptance')] : []),
    ...(pages ? [[...(pages.sizes ?? []), ...(pages.colours ?? [])].join(' ')] : []),
    ...(terms.chargesBlanks ? [say('mit entfernten Leerseiten', 'with removed blank sides')] : []),
    ...(tiers
      ? [
          `${tiers.kind === 'graduated' ? say('gestaffelt', 'graduated') : say('Staffel auf die ganze Menge', 'tiers on the whole volume')} ${scoped(tiers.scope)}: ${tiers.steps.map(({ from, price }) => `> ${count(from, f)}: ${f.price(price)}`).join(', ')}`,
        ]
      : []),
    ...(free ? [`${count(free.quantity, f)} ${say('frei', 'free')} ${scoped(free.scope)}`] : []),
    ...(minimum ? [`${say('mindestens', 'at least')} ${f.money(minimum.amount)} ${scoped(minimum.scope)}`] : []),
    ...(terms.adjustments ?? []).map((one) => adjustmentText(one, f)),
  ];
}

function adjustmentText({ title, kind, millionths, validFrom, isOption }: Adjustment, f: Format): string {
  const sign = millionths < 0 ? '' : '+';
  const by = {
    index: `× ${f
      .number(millionths / 1_000_000, 6)
      .replace(/0+$/, '')
      .replace(/[.,]$/, '')}`,
    percent: `${sign}${f.percent(millionths / 1_000_000, 2)}`,
    amount: `${sign}${f.price(millionths as Micros)}`,
  }[kind];
  const from = validFrom === null ? '' : ` ${f.language === 'de' ? 'ab' : 'from'} ${f.date(validFrom)}`;
  return `${title} ${by}${from}${isOption ? ' (Option)' : ''}`;
}

function count(thousandths: number, f: Format): string {
  return f.number(thousandths / 1000, thousandths % 1000 === 0 ? 0 : 3);
}
