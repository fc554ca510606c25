import type { CalendarDate } from './dates.ts';
import type { Cents, Micros } from './money.ts';

/** Turns values into the form that readers of one language expect. Machines get ISO and plain decimals instead. */
export interface Format {
  readonly language: 'de' | 'en';
  /** A count or quantity, grouped: 13.000.000 (de), 13,000,000 (en). */
  number(value: number, decimals?: number): string;
  /** A count with what is counted: 1 Seite, 1.200 Seiten. */
  counted(value: number, one: string, many: string): string;
  /** An amount with currency: 1.165.000,00 € (de), €1,165,000.00 (en). */
  money(value: Cents): string;
  /** A unit price with as many decimals as it has, at least two: 0,0235 €. */
  price(value: Micros): string;
  /** A calendar day: 31.12.2020 (de), 2020-12-31 (en). */
  date(value: CalendarDate): string;
  /** An instant in the reader's own time zone, to the minute. */
  instant(value: string): string;
  /** A share from 0 to 1 as a percentage. */
  percent(share: number, decimals?: number): string;
  /** A size in bytes: 1,5 MB. */
  bytes(value: number): string;
  /** A length given in millimetres of shelf, in running metres: 330,00 m. */
  metres(millimetres: number): string;
}

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

function createFormat(language: 'de' | 'en', locale: string): Format {
  // Intl objects are costly to make, and most commands need none or one of them.
  const cache = new Map<string, Intl.NumberFormat>();
  const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    let format = cache.get(key);
    if (!format) cache.set(key, (format = new Intl.NumberFormat(locale, options)));
    return format;
  };
  const separator = language === 'de' ? '.' : ',';
  const decimals = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
  const currency = (minimum: number, maximum: number): Intl.NumberFormatOptions => ({
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: minimum,
    maximumFractionDigits: maximum,
  });
  const number = (value: number, count = 0) =>
    count === 0 && isWhole(value) ? groupThousands(value, separator) : numberFormat(decimals(count)).format(value);
  return {
    language,
    number,
    counted: (value, one, many) => `${number(value)} ${value === 1 ? one : many}`,
    money: (value) => numberFormat(currency(2, 2)).format(value / 100),
    price: (value) => numberFormat(currency(2, 6)).format(value / 1_000_000),
    date: (value) => (language === 'de' ? `${value.slice(8)}.${value.slice(5, 7)}.${value.slice(0, 4)}` : value),
    instant: (value) => formatInstant(value, language),
    percent: (share, count = 1) => numberFormat({ style: 'percent', ...decimals(count) }).format(share),
    bytes: (value) => {
      const step = Math.min(sizeUnits.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
      return `${numberFormat(decimals(step === 0 ? 0 : 1)).format(value / 1000 ** step)} ${sizeUnits[step]}`;
    },
    metres: (millimetres) => `${numberFormat(decimals(2)).format(millimetres / 1000)} m`,
  };
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** What Intl makes of a whole number, without the time that its first use takes. */
function groupThousands(value: number, separator: string): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, separator);
}

function formatInstant(value: string, language: 'de' | 'en'): string {
  const at = new Date(value);
  const two = (part: number) => String(part).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const [year, month, day] = [String(at.getFullYear()), two(at.getMonth() + 1), two(at.getDate())];
  return language === 'de' ? `${day}.${month}.${year} ${time}` : `${year}-${month}-${day} ${time}`;
}

export const formats: Readonly<Record<'de' | 'en', Format>> = {
  de: createFormat('de', 'de-DE'),
  en: createFormat('en', 'en-GB'),
};
