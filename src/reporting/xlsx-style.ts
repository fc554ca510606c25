import type { Alignment, Borders, Fill, Style } from 'exceljs';
import type { Language } from '../shared/language.ts';
import type { ValueType } from './model.ts';

const ink = { argb: 'FF1B3A5C' };
const rule = { style: 'thin', color: { argb: 'FFBFC7D0' } } as const;
const strongRule = { style: 'medium', color: ink } as const;
const headFill: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF2F6' } };
const underline: Partial<Borders> = { bottom: rule };

/** Excel shows separators by the reader's own settings; the format names digits and unit. */
export function numberFormat(type: ValueType, decimals: number, language: Language): string {
  const digits = decimals > 0 ? `#,##0.${'0'.repeat(decimals)}` : '#,##0';
  switch (type) {
    case 'money':
    case 'price':
      return language === 'de' ? `${digits} "€";[Red]-${digits} "€"` : `"€"${digits};[Red]-"€"${digits}`;
    case 'metres':
      return `${digits} "m"`;
    case 'percent':
      return language === 'de' ? '0.0 %' : '0.0%';
    case 'date':
      return language === 'de' ? 'dd.mm.yyyy' : 'yyyy-mm-dd';
    case 'year':
      return '0';
    case 'count':
      return '#,##0';
    default:
      return 'General';
  }
}

export interface CellStyles {
  readonly body: Partial<Style>;
  /** For texts that begin like a formula: the text format keeps them text even when someone edits the cell. */
  readonly bodyText: Partial<Style>;
  readonly head: Partial<Style>;
  readonly total: Partial<Style>;
}

/** The styles of one column. The same objects serve all its cells: that is what keeps a large sheet small. */
export function columnStyles(type: ValueType, decimals: number, right: boolean, language: Language): CellStyles {
  const numFmt = numberFormat(type, decimals, language);
  const horizontal = right ? 'right' : 'left';
  const alignment: Partial<Alignment> = { horizontal, vertical: 'top', wrapText: type === 'text' };
  return {
    body: { numFmt, alignment, border: underline },
    bodyText: { numFmt: '@', alignment, border: underline },
    head: {
      font: { bold: true },
      fill: headFill,
      alignment: { horizontal, vertical: 'bottom', wrapText: true },
      border: { top: strongRule, bottom: strongRule },
    },
    total: {
      numFmt,
      font: { bold: true },
      alignment: { horizontal, vertical: 'top' },
      border: { top: strongRule, bottom: strongRule },
    },
  };
}

/** Styles of the overview sheet. */
export const overviewStyles = {
  title: { font: { bold: true, size: 18, color: ink } },
  subtitle: { font: { size: 12 } },
  heading: { font: { bold: true, size: 13, color: ink } },
  label: { alignment: { vertical: 'top', wrapText: true }, border: underline },
  link: { font: { underline: true, color: { argb: 'FF0B5394' } }, border: underline },
  paragraph: { alignment: { vertical: 'top', wrapText: true } },
} as const satisfies Record<string, Partial<Style>>;
