import type { Language } from '../../../shared/language.ts';
import type { InvoiceEntry } from './entry.ts';
import { type HeadKey, headColumns, type LineKey, lineColumns } from './entry-columns.ts';

const head: readonly (HeadKey | 'vatRate')[] = [
  'number',
  'issueDate',
  'type',
  'seller',
  'contract',
  'order',
  'lot',
  'deliveryDate',
  'dueDate',
  'discount',
  'preceding',
  'vatRate',
  'net',
  'tax',
  'gross',
  'prepaid',
  'payable',
];
const line: readonly LineKey[] = ['id', 'buyerItem', 'name', 'quantity', 'unit', 'price', 'lineNet'];

/** An empty invoice to fill in, as a table for spreadsheets: UTF-8 with a mark, semicolons. */
export function templateCsv(language: Language): string {
  const columns = { ...headColumns, ...lineColumns };
  const title = (key: HeadKey | LineKey) => columns[key].aliases[language === 'de' ? 0 : 1] ?? key;
  const rows = [...head.map((key) => `${title(key)};`), '', line.map(title).join(';')];
  return `\ufeff${rows.map((row) => `${row}\r\n`).join('')}`;
}

/** An empty invoice to fill in, as a document by schemas/invoice-entry-1.schema.json; what stays empty is not stated. */
export function templateJson(): string {
  const entry: InvoiceEntry = {
    number: '',
    issueDate: '',
    type: '380',
    deliveryDate: '',
    dueDate: '',
    references: { contract: '', order: '', lot: '', preceding: [] },
    seller: { name: '' },
    payment: { discounts: [] },
    vatRate: '19',
    lines: [{ buyerItem: '', name: '', quantity: '', unit: '', price: '', net: '' }],
    totals: { net: '', tax: '', gross: '', prepaid: '', payable: '' },
  };
  return `${JSON.stringify(entry, undefined, 2)}\n`;
}
