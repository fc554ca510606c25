/** A4 and its margins in twentieths of a point: 25 mm at the left, 20 mm at the right (DIN 5008). */
export const paper = { short: 11_906, long: 16_838 } as const;
export const margins = { left: 1417, right: 1134, top: 1134, bottom: 1020 } as const;
export const widths = {
  portrait: paper.short - margins.left - margins.right,
  landscape: paper.long - margins.left - margins.right,
} as const;
export type Orientation = keyof typeof widths;
