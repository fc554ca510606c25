import { visible } from '../../reporting/safe-text.ts';

export type Value = string | number | null | undefined;

/** Characters of a cell (Excel's limit). */
const longestText = 32_767;

/** Texts as they are, but what hides in them visible; "_x000D_" is an escape in workbooks (ECMA-376, 22.9.2.19). */
export function cellValue(value: Value): string | number | null {
  if (typeof value !== 'string') return value ?? null;
  const words = visible(value).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return words.length <= longestText ? words : `${words.slice(0, longestText - 1)}…`;
}
