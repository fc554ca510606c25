/** Sizes of sheets that prices tell apart; larger: beyond A0. */
export const sizes = ['A6', 'A5', 'A4', 'A3', 'A2', 'A1', 'A0', 'larger'] as const;
export type Size = (typeof sizes)[number];

/** What a scan shows. */
export const colours = ['bw', 'grey', 'colour'] as const;
export type Colour = (typeof colours)[number];

/** Pages of one class, as counted in the bytes at delivery; null where the file does not tell. */
export interface PageClassCount {
  readonly size: Size | null;
  readonly colour: Colour | null;
  readonly pages: number;
}

/** The classes that a price is for; all sizes, or all colours, where none is named. */
export interface ClassChoice {
  readonly sizes?: readonly Size[];
  readonly colours?: readonly Colour[];
}

/** What nobody can tell costs what the plainest page costs: the buyer pays no more than is proved. */
const plainest = { size: 'A4', colour: 'bw' } as const;

export function isChosen({ size, colour }: Omit<PageClassCount, 'pages'>, choice: ClassChoice): boolean {
  return (
    (choice.sizes?.includes(size ?? plainest.size) ?? true) &&
    (choice.colours?.includes(colour ?? plainest.colour) ?? true)
  );
}

/**
 * Pages of the chosen classes.
 * @param all pages in all; those beyond the counted classes are taken for plain ones
 */
export function pagesOfClass(all: number, classes: readonly PageClassCount[], choice: ClassChoice): number {
  const counted = classes.reduce((sum, { pages }) => sum + pages, 0);
  const rest = { size: null, colour: null, pages: Math.max(0, all - counted) };
  return [...classes, rest].reduce((sum, one) => sum + (isChosen(one, choice) ? one.pages : 0), 0);
}

/** Classes that none of the choices covers. */
export function uncoveredClasses(choices: readonly ClassChoice[]): { readonly size: Size; readonly colour: Colour }[] {
  const all = sizes.flatMap((size) => colours.map((colour) => ({ size, colour })));
  return all.filter((one) => !choices.some((choice) => isChosen(one, choice)));
}
