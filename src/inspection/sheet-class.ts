/** ISO 216 sheets, smallest first, in millimetres. */
const sheets = [
  ['A6', 105, 148],
  ['A5', 148, 210],
  ['A4', 210, 297],
  ['A3', 297, 420],
  ['A2', 420, 594],
  ['A1', 594, 841],
  ['A0', 841, 1189],
] as const;

/** Scanners deliver a little more than the sheet: a margin around it, or a sheet that lay askew. */
const tolerance = 10;

export type SheetClass = (typeof sheets)[number][0] | 'larger';

/** The smallest ISO sheet that a page of this size (mm) fits on in either direction, 10 mm more in each allowed. */
export function sheetClassOf(width: number, height: number): SheetClass {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const sheet = sheets.find(([, across, down]) => short <= across + tolerance && long <= down + tolerance);
  return sheet?.[0] ?? 'larger';
}
