import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { type Cents, zero } from '../../shared/money.ts';
import type { InvoiceLine } from '../invoice/normal-form.ts';
import { type Causes, causesOf, noCauses } from './line-causes.ts';
import { LineCheck } from './line-findings.ts';
import { billUses, creditUses, preference } from './line-uses.ts';
import { type Pool, priceOf, splitNet, type Use } from './pool.ts';
import { type MatchTerm, matchPosition } from './position.ts';
import { lineReduction, reasonFor, reductionUse } from './reduction.ts';
import { type LineContext, positionsOf, readStated, type StatedLine } from './stated-line.ts';

/** A line held against what was accepted. Quantities are thousandths, amounts net; both negative for what is credited. */
export interface CheckedLine {
  readonly line: InvoiceLine;
  /** BT-126, or "?". */
  readonly id: string;
  readonly position: PricePosition | undefined;
  readonly matchedBy: MatchTerm | undefined;
  readonly quantity: number;
  readonly net: Cents;
  /** The accepted quantities that it may use, and what we would have billed for them. */
  readonly uses: readonly Use[];
  readonly expected: Cents;
  readonly causes: Causes;
  readonly findings: readonly Finding[];
}

/** Holds one line against contract and acceptances, and takes what it may use out of the pool. */
export function checkLine(line: InvoiceLine, context: LineContext): CheckedLine {
  const stated = readStated(line, context.invoice);
  if ('missing' in stated) {
    const findings = stated.missing.map((term) =>
      createFinding('invoice.value-missing', { path: context.path }, { term }),
    );
    const nothing = {
      position: undefined,
      matchedBy: undefined,
      quantity: 0,
      net: stated.net,
      uses: [],
      expected: zero,
    };
    return { line, id: line.id ?? '?', ...nothing, causes: { ...noCauses, notAgreed: stated.net }, findings };
  }
  const matched = matchPosition(line, positionsOf(context));
  const position = matched && positionsOf(context).find(({ key }) => key === matched.key);
  if (!matched || !position) {
    const reduced = stated.net < 0 ? reduction(stated, context) : undefined;
    if (reduced) return reduced;
    const args = { line: stated.id, name: line.name ?? '' };
    const findings = [createFinding('invoice.line-unmatched', { path: context.path }, args)];
    const causes = { ...noCauses, notAgreed: stated.net };
    return { ...stated, position, matchedBy: undefined, uses: [], expected: zero, causes, findings };
  }
  const uses = stated.quantity < 0 ? creditUses(stated, position, context) : billUses(stated, position, context);
  const check = new LineCheck(stated, position, uses, context);
  const findings = stated.quantity < 0 ? check.credit() : check.bill();
  const isSound = !context.miscalculated.has(stated.id) && findings.every(({ severity }) => severity !== 'error');
  // What a wrong line credits may not be billed again by another one; what it bills stays taken.
  if (stated.quantity < 0 && !isSound) context.pool.undo(uses);
  else billPool(context.pool, uses, stated.net);
  const expected = priceOf(uses);
  return {
    ...stated,
    position,
    matchedBy: matched.by,
    uses,
    expected,
    causes: causesOf(stated, position, uses),
    findings,
  };
}

/** A penalty or discount: an amount off, charged with the acceptance that the line's period, rate and price fit best. */
function reduction(stated: StatedLine, context: LineContext): CheckedLine | undefined {
  const { scope, books, path } = context;
  const callOffs = new Set(scope.callOffs.map(({ id }) => id));
  const [anchor] = books.items.filter(({ callOff }) => callOffs.has(callOff.id)).sort(preference(stated, context));
  if (!anchor) return undefined;
  const { line, net } = stated;
  const reason = reasonFor([line.buyerItem, line.sellerItem, line.name], scope);
  const uses = [reductionUse(net, anchor, reason)];
  const check = new LineCheck(stated, anchor.position, uses, context);
  const findings = [lineReduction(line, net, reason, path), ...check.rate()];
  return { ...stated, position: undefined, matchedBy: undefined, uses, expected: net, causes: noCauses, findings };
}

function billPool(pool: Pool, uses: readonly Use[], net: Cents): void {
  for (const [index, part] of splitNet(uses, net).entries()) {
    const use = uses[index];
    if (use) pool.bill(use.item.callOff.id, use.item.position.key, part);
  }
}
