import type { DeviceSpace } from '../colour-space.ts';

type Target = 'fill' | 'stroke';

/** What operators do to a state, and tell of it. */
export interface Actions {
  save(): void;
  restore(): void;
  transform(numbers: readonly number[]): void;
  setColour(target: Target, components: readonly number[], device: DeviceSpace): void;
  setSpace(target: Target): void;
  setColourInSpace(target: Target, components: readonly number[]): void;
  paint(filled: boolean, stroked: boolean): void;
  shade(): void;
  applyState(): void;
  setTextMode(numbers: readonly number[]): void;
  setFont(): void;
  showText(): void;
  draw(): void;
}

type Operator = (actions: Actions, numbers: readonly number[]) => void;

const fill: Operator = (actions) => actions.paint(true, false);
const stroke: Operator = (actions) => actions.paint(false, true);
const both: Operator = (actions) => actions.paint(true, true);
const show: Operator = (actions) => actions.showText();

/** The operators that are looked at (ISO 32000-2, annex A). */
export const operators: Readonly<Record<string, Operator | undefined>> = Object.assign(Object.create(null), {
  q: (actions) => actions.save(),
  Q: (actions) => actions.restore(),
  cm: (actions, numbers) => actions.transform(numbers),
  g: (actions, numbers) => actions.setColour('fill', numbers, 'DeviceGray'),
  G: (actions, numbers) => actions.setColour('stroke', numbers, 'DeviceGray'),
  rg: (actions, numbers) => actions.setColour('fill', numbers, 'DeviceRGB'),
  RG: (actions, numbers) => actions.setColour('stroke', numbers, 'DeviceRGB'),
  k: (actions, numbers) => actions.setColour('fill', numbers, 'DeviceCMYK'),
  K: (actions, numbers) => actions.setColour('stroke', numbers, 'DeviceCMYK'),
  cs: (actions) => actions.setSpace('fill'),
  CS: (actions) => actions.setSpace('stroke'),
  sc: (actions, numbers) => actions.setColourInSpace('fill', numbers),
  scn: (actions, numbers) => actions.setColourInSpace('fill', numbers),
  SC: (actions, numbers) => actions.setColourInSpace('stroke', numbers),
  SCN: (actions, numbers) => actions.setColourInSpace('stroke', numbers),
  f: fill,
  F: fill,
  'f*': fill,
  S: stroke,
  s: stroke,
  B: both,
  'B*': both,
  b: both,
  'b*': both,
  sh: (actions) => actions.shade(),
  gs: (actions) => actions.applyState(),
  Tr: (actions, numbers) => actions.setTextMode(numbers),
  Tf: (actions) => actions.setFont(),
  Tj: show,
  TJ: show,
  "'": show,
  '"': show,
  Do: (actions) => actions.draw(),
} satisfies Record<string, Operator>);
