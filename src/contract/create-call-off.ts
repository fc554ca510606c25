import { type Change, change } from '../audit/change.ts';
import { type Ledger, priceLedger, readLedger } from '../finance/accepted.ts';
import type { BudgetKey } from '../finance/budget-line.ts';
import { consume, consumptionOf } from '../finance/consumption.ts';
import { priceAcceptances, pricedUnder } from '../finance/priced-acceptances.ts';
import { type CalendarDate, yearOf } from '../shared/dates.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { type Cents, centsToDecimal } from '../shared/money.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';
import { affordablePages } from './affordable.ts';
import { type BudgetWish, chooseBudgetLine } from './budget-choice.ts';
import { type OverBudget, requireWithinBudget } from './budget-gate.ts';
import { type CallOff, findCallOff, nextNumber } from './call-off.ts';
import { usualControl } from './control.ts';
import { type LimitWarning, limitWarnings } from './limit-warnings.ts';
import { type OverMaximum, type Override, requireWithinMaxima } from './maxima-gate.ts';
import { type Calculation, type PriceLine, type PricePosition, priceQuantities } from './prices.ts';
import { type LotWithContract, requireLot } from './store.ts';

/** What is to be ordered; quantities are estimates, settled later on what is accepted. */
export interface CallOffRequest extends BudgetWish {
  readonly lot: string;
  /** Undefined where `amount` says how many. */
  readonly pages?: number | undefined;
  /** Gross: as many pages are ordered as it buys. */
  readonly amount?: Cents | undefined;
  readonly files: number;
  readonly documents: number;
  readonly millimetres: number;
  /** Quantities of positions that are not counted at acceptance: position key → thousandths of the unit. */
  readonly quantities: ReadonlyMap<string, number>;
  readonly number?: string | undefined;
  readonly note?: string | undefined;
  /** Optional positions and surcharges that are ordered, by key. */
  readonly options?: readonly string[] | undefined;
  /** Why it may burden its budget line with more than is left there. */
  readonly overBudget?: string | undefined;
  /** Why, and in which role, it may pass a maximum. */
  readonly overMaximum?: Override | undefined;
}

export interface CreatedCallOff {
  readonly callOff: CallOff;
  readonly calculation: Calculation;
  /** Maxima of lot and contract of which so much is used now that the contract wants a warning. */
  readonly warnings: readonly LimitWarning[];
}

/**
 * Orders under the framework: commits money and quantity.
 * @throws GateError when the contract is not in force on that day, a maximum would be passed (ECJ C-23/20), or its budget
 * line has not enough left and no reason is given why that may be
 */
export async function createCallOff(workspace: Workspace, asked: CallOffRequest): Promise<CreatedCallOff> {
  if (!asked.pages && asked.amount === undefined) throw nothingOrdered();
  return change(workspace, async (step) => {
    const lot = await requireLot(step.db, asked.lot);
    requireInForce(lot, asked.orderedOn);
    const ledger = await readLedger(step.db);
    const request = withPages(lot, ledger, asked);
    const calculation = priceRequest(lot, ledger, request);
    const control = ledger.controls?.get(lot.contract.id) ?? usualControl;
    const addition = { ...request, ...calculation };
    const consumption = consume(ledger, priceLedger(ledger));
    const overMaximum = requireWithinMaxima(lot, consumption, addition, control, request.overMaximum, workspace.actor);
    const budget = await chooseBudgetLine(step.db, lot, request);
    const overBudget = await requireWithinBudget(step.db, budget, calculation.gross, request.overBudget);
    const callOff = await insert(step, lot, request, { ...calculation, budget, overBudget, overMaximum });
    return { callOff, calculation, warnings: limitWarnings(await consumptionOf(step.db), lot) };
  });
}

/** A call-off whose pages are known. */
interface CountedRequest extends CallOffRequest {
  readonly pages: number;
}

function withPages(lot: LotWithContract, ledger: Ledger, asked: CallOffRequest): CountedRequest {
  if (asked.amount === undefined) return { ...asked, pages: asked.pages ?? 0 };
  const gross = (pages: number) => priceRequest(lot, ledger, { ...asked, pages }).gross;
  return { ...asked, pages: affordablePages(asked.amount, gross) };
}

/** At the tiers that were reached by what has been accepted so far: an estimate, as all of a call-off's quantities are. */
function priceRequest(lot: LotWithContract, ledger: Ledger, request: CountedRequest): Calculation {
  const sheet = ledger.prices.get(lot.id) ?? [];
  const options = new Set(request.options);
  requireOptions(sheet, options);
  const under = pricedUnder(lot, undefined, 'new', priceAcceptances(ledger).volumes);
  return priceQuantities(sheet, request, request.orderedOn, request.quantities, { ...under, options });
}

function requireOptions(sheet: readonly PricePosition[], options: ReadonlySet<string>): void {
  const known = sheet.flatMap(({ key, terms }) => [
    ...(terms?.isOption ? [key] : []),
    ...(terms?.adjustments ?? []).filter(({ isOption }) => isOption).map((one) => one.key),
  ]);
  const unknown = [...options].find((option) => !known.includes(option));
  if (unknown === undefined) return;
  throw new UsageError(
    'call-off.unknown-option',
    text({
      de: `Die Option „${unknown}“ gibt es im Preisblatt nicht.`,
      en: `There is no option "${unknown}" in the price sheet.`,
    }),
    didYouMean(unknown, [...new Set(known)], 'scanlot lot show'),
  );
}

interface Commitment extends Calculation {
  readonly budget: BudgetKey;
  readonly overBudget: OverBudget | undefined;
  readonly overMaximum: OverMaximum | undefined;
}

async function insert(
  { db, record }: Change,
  lot: LotWithContract,
  request: CountedRequest,
  { budget, overBudget, overMaximum, ...calculation }: Commitment,
): Promise<CallOff> {
  const number = request.number ?? (await nextNumber(db, yearOf(request.orderedOn)));
  if (await findCallOff(db, number)) throw numberTaken(number);
  const row = await db
    .insertInto('call_off')
    .values({
      number,
      lot_id: lot.id,
      ordered_on: request.orderedOn,
      fiscal_year: budget.fiscalYear,
      account: budget.account,
      cost_centre: budget.costCentre,
      department: lot.department,
      pages: request.pages,
      files: request.files,
      millimetres: request.millimetres,
      net: calculation.net,
      gross: calculation.gross,
      closed_on: null,
      note: request.note ?? '',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  for (const { position, quantity, net } of positionSums(calculation.lines)) {
    await db
      .insertInto('call_off_position')
      .values({
        call_off_id: row.id,
        position: position.key,
        unit: position.unit,
        quantity,
        price: position.price,
        net,
      })
      .execute();
  }
  const options = [...new Set(request.options)];
  for (const option of options) {
    await db.insertInto('call_off_option').values({ call_off_id: row.id, option }).execute();
  }
  record({
    action: 'call-off.created',
    subject: `call-off/${number}`,
    after: {
      ...row,
      net: centsToDecimal(row.net),
      gross: centsToDecimal(row.gross),
      lot: lot.key,
      ...(options.length > 0 ? { options } : {}),
      overBudget,
      overMaximum,
    },
  });
  return { ...row, lot };
}

/** One line for each position: what its tiers, allowances and minimum charges come to, at the price of its last tier. */
function positionSums(lines: readonly PriceLine[]): PriceLine[] {
  const sums = new Map<string, PriceLine>();
  for (const line of lines) {
    const sum = sums.get(line.position.key);
    const quantity = (sum?.quantity ?? 0) + line.quantity;
    const net = ((sum?.net ?? 0) + line.net) as Cents;
    const position = line.quantity > 0 || !sum ? line.position : sum.position;
    sums.set(line.position.key, { position, quantity, net });
  }
  return [...sums.values()];
}

function requireInForce({ contract }: LotWithContract, day: CalendarDate): void {
  if (contract.starts_on <= day && day <= contract.ends_on) return;
  throw new GateError(
    'call-off.out-of-term',
    text({
      de: (format) =>
        `Der Vertrag ${contract.number} gilt am ${format.date(day)} nicht (${format.date(contract.starts_on)} bis ${format.date(contract.ends_on)}).`,
      en: (format) =>
        `Contract ${contract.number} is not in force on ${format.date(day)} (${format.date(contract.starts_on)} to ${format.date(contract.ends_on)}).`,
    }),
    text({
      de: 'Datum prüfen; eine ausgeübte Verlängerung als Vertragsänderung einlesen.',
      en: 'Check the date; import an exercised extension as an amendment.',
    }),
  );
}

function nothingOrdered(): UsageError {
  return new UsageError(
    'call-off.empty',
    text({ de: 'Ein Abruf über 0 Seiten bestellt nichts.', en: 'A call-off of 0 pages orders nothing.' }),
    text({
      de: 'Die geschätzte Seitenzahl mit --pages angeben, oder mit --budget einen Betrag.',
      en: 'State the estimated pages with --pages, or an amount with --budget.',
    }),
  );
}

function numberTaken(number: string): UsageError {
  return new UsageError(
    'call-off.number-taken',
    text({ de: `Den Abruf ${number} gibt es schon.`, en: `There is a call-off ${number} already.` }),
    text({
      de: 'Eine andere Nummer wählen oder --number weglassen.',
      en: 'Choose another number, or leave out --number.',
    }),
  );
}
