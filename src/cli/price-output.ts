import { unitNames } from '../contract/price-unit.ts';
import type { PriceLine } from '../contract/pricing/price-position.ts';
import type { VatPart } from '../finance/price-explanation/explain.ts';
import type { FilePrice } from '../finance/price-explanation/file-prices.ts';
import type { Format } from '../shared/format.ts';
import { text } from '../shared/language.ts';
import { type BasisPoints, type Cents, centsToDecimal, microsToDecimal } from '../shared/money.ts';
import type { TableColumn } from './printer.ts';

const kinds = {
  free: text({ de: 'frei', en: 'free' }),
  minimum: text({ de: 'Mindestbetrag', en: 'minimum charge' }),
  correction: text({ de: 'Staffel erreicht', en: 'tier reached' }),
} as const;

/** Percent without needless decimals: "19", "16", "5.5". */
export function rateText(rate: BasisPoints): string {
  const [whole, rest] = [Math.trunc(rate / 100), rate % 100];
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}

export function totalsOf({ net, vat, gross }: { readonly net: Cents; readonly vat: Cents; readonly gross: Cents }) {
  return { net: centsToDecimal(net), vat: centsToDecimal(vat), gross: centsToDecimal(gross) };
}

/** A line of a price calculation for machines. @param vatRate that of its acceptance */
export function lineRecord(
  { position, quantity, net, kind, tier, adjustments, vatRate: own }: PriceLine,
  vatRate: BasisPoints,
) {
  return {
    position: position.key,
    title: position.title,
    unit: position.unit,
    quantity: quantity / 1000,
    price: microsToDecimal(position.price),
    kind: kind ?? 'quantity',
    tier: tier ? { from: tier.from / 1000, upTo: tier.upTo === null ? null : tier.upTo / 1000 } : null,
    adjustments: (adjustments ?? []).map(({ key, title }) => ({ key, title })),
    net: centsToDecimal(net),
    vatRate: rateText(own ?? vatRate),
  };
}

export const lineColumns: readonly TableColumn<PriceLine>[] = [
  { title: text({ de: 'Position', en: 'position' }), value: ({ position }) => position.title, shrinks: true },
  {
    title: text({ de: 'Menge', en: 'quantity' }),
    value: ({ quantity }, f) => quantityText(quantity, f),
    align: 'right',
  },
  { title: text({ de: 'Einheit', en: 'unit' }), value: ({ position }, f) => unitNames[position.unit][f.language] },
  {
    title: text({ de: 'Preis', en: 'price' }),
    value: ({ position, quantity }, f) => (quantity === 0 ? '' : f.price(position.price)),
    align: 'right',
  },
  { title: text({ de: 'Staffel', en: 'tier' }), value: tierText },
  { title: text({ de: 'netto', en: 'net' }), value: ({ net }, f) => f.money(net), align: 'right' },
];

export const partColumns: readonly TableColumn<VatPart>[] = [
  { title: text({ de: 'USt-Satz', en: 'VAT rate' }), value: ({ rate }) => `${rateText(rate)} %`, align: 'right' },
  { title: text({ de: 'netto', en: 'net' }), value: ({ net }, f) => f.money(net), align: 'right' },
  { title: text({ de: 'USt', en: 'VAT' }), value: ({ vat }, f) => f.money(vat), align: 'right' },
];

/** A file a row, its part of each line, and what it costs. */
export function fileColumns(lines: readonly PriceLine[]): TableColumn<FilePrice>[] {
  return [
    {
      title: text({ de: 'Akte', en: 'file' }),
      value: ({ file }) => (file.volume === '' ? file.reference : `${file.reference} #${file.volume}`),
      shrinks: true,
    },
    { title: text({ de: 'Seiten', en: 'pages' }), value: ({ file }, f) => f.number(file.pages), align: 'right' },
    { title: text({ de: 'Anteile', en: 'parts' }), value: ({ parts }, f) => partsText(parts, lines, f), shrinks: true },
    { title: text({ de: 'netto', en: 'net' }), value: ({ net }, f) => f.money(net), align: 'right' },
    { title: text({ de: 'USt', en: 'VAT' }), value: ({ vat }, f) => f.money(vat), align: 'right' },
    { title: text({ de: 'brutto', en: 'gross' }), value: ({ gross }, f) => f.money(gross), align: 'right' },
  ];
}

function partsText(parts: FilePrice['parts'], lines: readonly PriceLine[], f: Format): string {
  return parts
    .map(({ line, quantity, net }) => {
      const of = lines[line];
      const price =
        of && quantity !== null
          ? `${quantityText(quantity, f)} × ${f.price(of.position.price)}`
          : (of?.position.title ?? '');
      return `${price} = ${f.money(net)}`;
    })
    .join('; ');
}

function tierText({ kind, tier, adjustments }: PriceLine, f: Format): string {
  const words = [
    ...(kind ? [kinds[kind][f.language]] : []),
    ...(tier ? [tierRange(tier.from, tier.upTo, f)] : []),
    ...(adjustments ?? []).map(({ title }) => title),
  ];
  return words.join(', ');
}

function tierRange(from: number, upTo: number | null, f: Format): string {
  if (upTo === null) return `> ${quantityText(from, f)}`;
  return from === 0 ? `≤ ${quantityText(upTo, f)}` : `> ${quantityText(from, f)} – ${quantityText(upTo, f)}`;
}

function quantityText(thousandths: number, f: Format): string {
  return f.number(thousandths / 1000, thousandths % 1000 === 0 ? 0 : 3);
}
