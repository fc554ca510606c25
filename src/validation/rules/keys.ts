import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { Operand } from '../../delivery/profile/rule.ts';
import { attempt } from './telling.ts';

const SEPARATOR = '\u001f';

/** The values of a row as one text that is equal for equal values; a value that is absent counts as the empty one. */
export function keyOf(operands: readonly Operand[], scope: Scope): string {
  return operands.map(({ expression }) => keyPart(attempt(() => expression.evaluate(scope)))).join(SEPARATOR);
}

/** One value in the form in which it is compared: text in NFC, days in ISO form. */
export function keyPart(value: unknown): string {
  if (value instanceof NotEvaluable) return '';
  if (typeof value === 'string') return value.normalize('NFC');
  return value instanceof Date ? value.toISOString() : String(value);
}
