import { finding } from '../definition.ts';

interface Order {
  readonly order: string;
  readonly ordered: number;
}

/** What was handed over and accepted against what a call-off orders. */
export const ledgerOrderFindings = {
  'ledger.over-delivered': finding<Order & { readonly accepted: number }>({
    severity: 'error',
    title: { de: 'Mehr abgenommen als bestellt', en: 'More accepted than ordered' },
    message: {
      de: ({ order, ordered, accepted }, f) =>
        `Mit Abruf ${order} ${ordered === 1 ? 'ist' : 'sind'} ${f.counted(ordered, 'Seite', 'Seiten')} bestellt, abgenommen: ${f.number(accepted)}.`,
      en: ({ order, ordered, accepted }, f) =>
        `Call-off ${order} orders ${f.counted(ordered, 'page', 'pages')}; accepted: ${f.number(accepted)}.`,
    },
    remedy: {
      de: 'Die Mehrmenge nachbestellen (eigener Abruf innerhalb der Obergrenzen) oder begründet freigeben.',
      en: 'Order the surplus (a call-off of its own within the maxima), or waive it with a reason.',
    },
  }),
  'ledger.order-nearly-exceeded': finding<Order & { readonly accepted: number; readonly open: number }>({
    severity: 'warning',
    title: { de: 'Abnahme überschritte die Bestellung', en: 'Acceptance would exceed the order' },
    message: {
      de: ({ order, ordered, accepted, open }, f) =>
        `Mit Abruf ${order} ${ordered === 1 ? 'ist' : 'sind'} ${f.counted(ordered, 'Seite', 'Seiten')} bestellt; abgenommen: ${f.number(accepted)}, ` +
        `zur Abnahme anstehend: ${f.number(open)}.`,
      en: ({ order, ordered, accepted, open }, f) =>
        `Call-off ${order} orders ${f.counted(ordered, 'page', 'pages')}; accepted: ${f.number(accepted)}, ` +
        `waiting for acceptance: ${f.number(open)}.`,
    },
    remedy: {
      de: 'Vor der Abnahme prüfen, ob die Mehrmenge gedeckt ist, und sie nachbestellen.',
      en: 'Before accepting, check whether the surplus is covered, and order it.',
    },
  }),
  'ledger.picked-above-order': finding<Order & { readonly sheets: number; readonly pages: number }>({
    severity: 'warning',
    title: { de: 'Mehr übergeben als bestellt', en: 'More handed over than ordered' },
    message: {
      de: ({ order, ordered, sheets, pages }, f) =>
        `Die Abhollisten zu Abruf ${order} nennen ${f.number(sheets)} Blatt, das sind bis zu ${f.counted(pages, 'Seite', 'Seiten')}; ` +
        `bestellt sind ${f.number(ordered)}.`,
      en: ({ order, ordered, sheets, pages }, f) =>
        `The pick lists of call-off ${order} hold ${f.counted(sheets, 'sheet', 'sheets')}, up to ${f.counted(pages, 'page', 'pages')}; ` +
        `ordered are ${f.number(ordered)}.`,
    },
    remedy: {
      de: 'Blattzahlen prüfen; wird die Menge gebraucht, rechtzeitig nachbestellen.',
      en: 'Check the sheets; if the quantity is needed, order the rest in time.',
    },
  }),
} as const;
