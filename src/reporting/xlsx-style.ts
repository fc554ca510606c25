import type { Alignment, Borders, Fill, Style } from 'exceljs';
import type { Language } from '../shared/language.ts';
import type { ValueType } from './model.ts';

const face = { name: 'Calibri', family: 2, size: 11 } as const;
const ink = { argb: 'FF1B3A5C' };
const rule = { style: 'thin', color: { argb: 'FFBFC7D0' } } as const;
const strongRule = { style: 'medium', color: ink } as const;
const headFill: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF2F6' } };
const underline: Partial<Borders> = { bottom: rule };

/** Excel shows separators by the reader's own settings; the format names digits and unit. */
function numberFormat(type: ValueType, decimals: number, language: Language): string {
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
export function columnStyles(
  type: ValueType,
  decimals: number,
  language: Language,
  { right, wrapText = false, indent = 0 }: { right: boolean; wrapText?: boolean; indent?: number },
): CellStyles {
  const numFmt = numberFormat(type, decimals, language);
  const alignment: Partial<Alignment> = { horizontal: right ? 'right' : 'left', vertical: 'top', indent };
  return {
    body: { numFmt, alignment: { ...alignment, wrapText }, border: underline },
    bodyText: { numFmt: '@', alignment: { ...alignment, wrapText }, border: underline },
    head: {
      font: { ...face, bold: true },
      fill: headFill,
      alignment: { ...alignment, vertical: 'bottom', wrapText: true },
      border: { top: strongRule, bottom: strongRule },
    },
    total: {
      numFmt,
      font: { ...face, bold: true },
      alignment,
      border: { top: strongRule, bottom: strongRule },
    },
  };
}

/** Styles of the overview sheet. */
export const overviewStyles = {
  title: { font: { ...face, bold: true, size: 18, color: ink } },
  subtitle: { font: { ...face, size: 12 } },
  heading: { font: { ...face, bold: true, size: 13, color: ink } },
  plain: {},
  label: { alignment: { vertical: 'top', wrapText: true }, border: underline },
  remark: { alignment: { horizontal: 'left', vertical: 'top', wrapText: true, indent: 1 }, border: underline },
  link: { font: { ...face, underline: true, color: { argb: 'FF0B5394' } }, border: underline },
  paragraph: { alignment: { vertical: 'top', wrapText: true } },
} as const satisfies Record<string, Partial<Style>>;
