import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { parseScaled } from '../shared/money.ts';

/** POSITION=QUANTITY, at most three decimals. @returns the key and thousandths of the unit */
export function readQuantity(raw: string, name: string): readonly [string, number] {
  const [key = '', amount = ''] = raw.split('=');
  const quantity = parseScaled(amount.replace(',', '.'), 3);
  if (key !== '' && quantity !== undefined && quantity > 0) return [key, quantity];
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: 'Erwartet: POSITION=MENGE, etwa box=120.', en: 'Expected: POSITION=QUANTITY, such as box=120.' }),
  );
}
