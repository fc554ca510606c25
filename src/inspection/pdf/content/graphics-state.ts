import type { ColourClass } from '../../page-facts.ts';
import { type ColourSpace, colourOfComponents } from '../colour-space.ts';
import type { FontFacts } from '../font.ts';
import { identity, type Matrix } from './matrix.ts';

/** The part of the graphics state (ISO 32000-2, 8.4) that tells where and in which colours something is painted. */
export interface GraphicsState {
  matrix: Matrix;
  fill: ColourClass;
  stroke: ColourClass;
  fillSpace: ColourSpace | undefined;
  strokeSpace: ColourSpace | undefined;
  /** Text rendering mode (9.3.6): 3 is invisible, 7 only clips. */
  textMode: number;
  font: FontFacts | undefined;
}

export function initialState(matrix: Matrix = identity): GraphicsState {
  return {
    matrix,
    fill: 'bw',
    stroke: 'bw',
    fillSpace: undefined,
    strokeSpace: undefined,
    textMode: 0,
    font: undefined,
  };
}

/** The class of a colour set by sc or scn: in a space other than those of plain components it is what the space holds. */
export function colourIn(space: ColourSpace | undefined, components: readonly number[]): ColourClass {
  if (space === undefined || components.length !== space.components) return colourOfComponents(components);
  if (space.name === 'Lab') return components[1] === 0 && components[2] === 0 ? 'grey' : 'colour';
  if (space.name === 'Indexed') return space.holds;
  // A tint runs from nothing to the full colorant, where components of light run the other way; both ends are plain.
  if (space.name === 'Separation')
    return space.holds === 'grey' || components[0] === 0 ? colourOfComponents(components) : 'colour';
  return space.name === 'DeviceN' ? 'colour' : colourOfComponents(components);
}
