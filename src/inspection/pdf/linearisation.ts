import type { ByteSource } from '../byte-source.ts';
import { attempt, PdfDamage } from './damage.ts';
import type { WorkBudget } from './limits.ts';
import { readObjectAt } from './objects.ts';
import { isCount, isDictionary } from './values.ts';

export interface Linearisation {
  /** Length of the whole file when it was written, in bytes. */
  readonly length: number;
}

/** The linearisation dictionary is the first object of the file (ISO 32000-2, annex F.3.3). */
export function readLinearisation(source: ByteSource, start: number, budget: WorkBudget): Linearisation | undefined {
  const first = attempt(() => readObjectAt(source, start, budget));
  if (first instanceof PdfDamage || !isDictionary(first.value) || !first.value.has('Linearized')) return undefined;
  const length = first.value.get('L');
  return isCount(length) ? { length } : undefined;
}
