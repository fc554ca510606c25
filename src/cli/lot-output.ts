import type { Amounts, Usage } from '../finance/consumption.ts';
import { greatestShare, type LimitUse, limitUses, tenthsOfPercent } from '../finance/limits.ts';
import type { Limits } from '../finance/store.ts';
import { metresDecimal } from '../holdings/fields.ts';
import type { Format } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, centsToDecimal } from '../shared/money.ts';
import type { Printer } from './printer.ts';

export const basisNames: Readonly<Record<'net' | 'gross', Text>> = {
  net: text({ de: 'netto', en: 'net' }),
  gross: text({ de: 'brutto', en: 'gross' }),
};

/** Ordered, accepted and consumed beside the limits, for the JSON documents of `lot list` and `lot show`. */
export function usageRecord(usage: Usage, basis: 'net' | 'gross', estimate: Limits | null) {
  const share = greatestShare(usage);
  return {
    pages: measureRecord(usage, estimate?.pages, usage.maximum.pages, ({ pages }) => pages, String, Number),
    runningMetres: measureRecord(
      usage,
      estimate?.millimetres,
      usage.maximum.millimetres,
      ({ millimetres }) => millimetres,
      metresDecimal,
      (decimal) => decimal,
    ),
    value: {
      basis,
      ...measureRecord(
        usage,
        estimate?.value,
        usage.maximum.value,
        (amounts) => amounts[basis],
        (amount) => centsToDecimal(amount as Cents),
        (decimal) => decimal,
      ),
    },
    share: share === null ? null : shareDecimal(share),
    warnings: limitUses(usage)
      .filter(({ state }) => state !== 'free')
      .map(({ measure, share: part, state }) => ({
        measure: measure === 'millimetres' ? 'runningMetres' : measure,
        share: shareDecimal(part),
        state,
      })),
  };
}

function measureRecord<T>(
  { ordered, accepted, opening, rework, consumed }: Usage,
  estimate: number | null | undefined,
  maximum: number | null,
  pick: (amounts: Amounts) => number,
  show: (amount: number) => string,
  form: (decimal: string) => T,
) {
  const told = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? null : form(show(amount));
  return {
    ordered: told(pick(ordered)),
    accepted: told(pick(accepted)),
    opening: told(pick(opening)),
    rework: told(pick(rework)),
    consumed: told(pick(consumed)),
    estimate: told(estimate),
    maximum: told(maximum),
  };
}

/** Millionths as a decimal: "0.892857". */
function shareDecimal(share: number): string {
  const digits = String(share).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const limitNames: Readonly<Record<LimitUse['measure'], Text>> = {
  value: text({ de: 'des Höchstwerts', en: 'of the maximum value' }),
  pages: text({ de: 'der Höchstmenge an Seiten', en: 'of the maximum of pages' }),
  millimetres: text({ de: 'der Höchstmenge an laufenden Metern', en: 'of the maximum of running metres' }),
};

/** A line for each maximum that is nearly consumed, or reached. */
export function printLimitWarnings(printer: Printer, name: Text, usage: Usage): void {
  for (const use of limitUses(usage)) {
    if (use.state === 'free') continue;
    const limit = limitNames[use.measure];
    printer.line(
      text({
        de: (f) =>
          `${name.de}: ${f.percent(tenthsOfPercent(use.share))} ${limit.de} beansprucht (${amount(use.consumed, use, f)} von ${amount(use.maximum, use, f)})`,
        en: (f) =>
          `${name.en}: ${f.percent(tenthsOfPercent(use.share))} ${limit.en} consumed (${amount(use.consumed, use, f)} of ${amount(use.maximum, use, f)})`,
      }),
      use.state === 'reached' ? 'bad' : 'warn',
    );
  }
}

function amount(value: number, { measure }: LimitUse, format: Format): string {
  if (measure === 'value') return format.money(value as Cents);
  return measure === 'pages' ? format.number(value) : format.metres(value);
}

/** The amount, or a dash where there is none. */
export function orDash<T>(value: T | null, show: (value: T) => string): string {
  return value === null ? '–' : show(value);
}
