import type { LoadedProfile } from '../delivery/profile.ts';

/**
 * How pages are held against the sheets of the pick list.
 * - counted: sheets × sides must equal pages + removed blanks, but for the tolerance (pages for each document)
 * - estimated: they may differ by a share; where the vendor does not declare removed blanks, each sheet may also have
 *   become one page only
 */
export type SheetRule =
  | { readonly kind: 'counted'; readonly tolerance: number }
  | { readonly kind: 'estimated'; readonly percent: number; readonly blanksDeclared: boolean };

/** Sheets on pick lists are estimated by the thickness of the file: a tenth more or less is usual. */
const usualPercent = 10;

/** The rule of a delivery profile; without one, sheets are taken for estimates. */
export function sheetRuleOf(profile: LoadedProfile | undefined): SheetRule {
  const pages = profile?.source.pages;
  if (pages?.sheetsTimesTwo) return { kind: 'counted', tolerance: pages.tolerance ?? 0 };
  const blanksDeclared = profile?.columns.some(({ field }) => field === 'removedBlanks') ?? false;
  return { kind: 'estimated', percent: usualPercent, blanksDeclared };
}

/** The least and most pages with removed blanks that a file of so many sheets may have. */
export function expectedPages(
  rule: SheetRule,
  file: { readonly sheets: number; readonly sides: number; readonly documents: number; readonly removedBlanks: number },
): { readonly least: number; readonly most: number } {
  const all = file.sheets * file.sides;
  if (rule.kind === 'counted') {
    const tolerance = rule.tolerance * file.documents;
    return { least: all - tolerance, most: all + tolerance };
  }
  const fewest = rule.blanksDeclared || file.removedBlanks > 0 ? all : file.sheets;
  return {
    least: Math.floor((fewest * (100 - rule.percent)) / 100),
    most: Math.ceil((all * (100 + rule.percent)) / 100),
  };
}
