import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';

/** More than any county has. */
const MOST_PAGES = 1_000_000_000;

/**
 * How many pages an amount buys: the most whose price does not exceed it. With tiers on the whole volume, whose price falls
 * where one is reached, it may be more; then the number found is one that the amount suffices for all the same.
 * @param gross what so many pages cost
 * @throws UsageError when the amount does not suffice for one page, or pages cost nothing
 */
export function affordablePages(amount: Cents, gross: (pages: number) => Cents): number {
  if (gross(1) > amount) throw tooLittle(amount);
  let [enough, tooMany] = [1, 2];
  while (gross(tooMany) <= amount) {
    if (tooMany >= MOST_PAGES) throw costsNothing();
    [enough, tooMany] = [tooMany, tooMany * 2];
  }
  while (tooMany - enough > 1) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (gross(middle) <= amount) enough = middle;
    else tooMany = middle;
  }
  return enough;
}

function tooLittle(amount: Cents): UsageError {
  return new UsageError(
    'call-off.budget-too-small',
    text({
      de: (f) => `${f.money(amount)} brutto reichen nicht für eine Seite.`,
      en: (f) => `${f.money(amount)} gross does not suffice for one page.`,
    }),
    text({ de: 'Einen höheren Betrag mit --budget angeben.', en: 'State a higher amount with --budget.' }),
  );
}

function costsNothing(): UsageError {
  return new UsageError(
    'call-off.pages-cost-nothing',
    text({
      de: 'Das Los hat keinen Preis je Seite: ein Betrag bestimmt hier keine Seitenzahl.',
      en: 'The lot has no price by the page: an amount determines no number of pages here.',
    }),
    text({ de: 'Die Seiten mit --pages angeben.', en: 'State the pages with --pages.' }),
  );
}
