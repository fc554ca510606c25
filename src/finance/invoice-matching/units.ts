import type { PriceUnit } from '../../contract/price-unit.ts';

/**
 * Codes of UN/ECE recommendations 20 and 21 (BT-130) by which a price unit may be billed: its own, and "one" (C62) or
 * "piece" (H87) for what is counted by the piece. Packages have an X before their code (XBX is a box).
 */
const unitCodes: Readonly<Partial<Record<PriceUnit, readonly string[]>>> = {
  page: ['ZP'],
  sheet: ['ST'],
  runningMetre: ['MTR', 'LM'],
  kg: ['KGM'],
  box: ['XBX'],
  hour: ['HUR'],
  flat: ['LS'],
};
const measured: readonly PriceUnit[] = ['runningMetre', 'kg', 'hour'];
const pieces = ['C62', 'H87'];

/** Codes for a unit, the usual one first. */
export function codesOf(unit: PriceUnit): readonly string[] {
  const own = unitCodes[unit] ?? [];
  return measured.includes(unit) ? own : [...own, ...pieces];
}
