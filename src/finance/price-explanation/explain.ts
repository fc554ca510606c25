import type { Kysely } from 'kysely';
import type { Calculation } from '../../contract/prices.ts';
import type { PriceLine } from '../../contract/pricing/price-position.ts';
import { listLots, requireLot } from '../../contract/store.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { add, type BasisPoints, type Cents, vatOn } from '../../shared/money.ts';
import { didYouMean } from '../../shared/suggest.ts';
import type { Database } from '../../storage/schema.ts';
import { type Acceptance, type AcceptedService, type Opening, priceLedger, readLedger } from '../accepted.ts';
import { priceAcceptances } from '../priced-acceptances.ts';
import { type FilePrice, priceFiles } from './file-prices.ts';
import { decisionsOfFile, selectCountedFiles } from './store.ts';

/** What is explained. */
export interface Subject {
  readonly kind: 'lot' | 'order' | 'batch';
  readonly name: string;
}

export interface ExplainedAcceptance {
  readonly acceptance: Acceptance;
  readonly lines: readonly PriceLine[];
  /** Undefined where files were not asked for. */
  readonly files?: readonly FilePrice[];
}

/** What one rate of VAT is on. */
export interface VatPart {
  readonly rate: BasisPoints;
  readonly net: Cents;
  readonly vat: Cents;
}

/** How an amount came about: pages × price by tier, with VAT, down to the file; every level sums to the one above. */
export interface PriceExplanation {
  readonly subject: Subject;
  readonly openings: readonly Opening[];
  readonly acceptances: readonly ExplainedAcceptance[];
  readonly vat: readonly VatPart[];
  readonly net: Cents;
  readonly gross: Cents;
}

export interface ExplainRequest {
  /** Key of a batch, number of a call-off, or name of a lot. */
  readonly name: string;
  /** Split acceptances over their files. */
  readonly files: boolean;
  /** Split only those that hold a file of this reference. */
  readonly reference?: string | undefined;
}

/** @throws UsageError for a name that is neither of a batch nor a call-off nor a lot */
export async function explainPrices(db: Kysely<Database>, request: ExplainRequest): Promise<PriceExplanation> {
  const ledger = await readLedger(db);
  const subject = await findSubject(
    db,
    ledger.callOffs.map(({ number }) => number),
    request.name,
  );
  const lotId = subject.kind === 'lot' ? (await requireLot(db, subject.name)).id : undefined;
  const { calculations } = priceAcceptances(ledger);
  const services = priceLedger(ledger).filter((service) => isOf(service, subject, lotId));
  const accepted = services.filter((service) => service.kind === 'acceptance');
  const openings = services.filter((service) => service.kind === 'opening');
  const split = await decisionsToSplit(db, accepted, request);
  const files = await selectCountedFiles(db, [...split]);
  const acceptances = accepted.map((acceptance) => {
    const calculation = calculations.get(acceptance.decisionId);
    if (!calculation) throw new Error(`decision ${acceptance.decisionId} was not priced`);
    const own = split.has(acceptance.decisionId)
      ? priceFiles(calculation, files.get(acceptance.decisionId) ?? [])
      : undefined;
    return { acceptance, calculation, lines: calculation.lines, ...(own ? { files: own } : {}) };
  });
  return {
    subject,
    openings,
    acceptances: acceptances.map(({ calculation: _calculation, ...rest }) => rest),
    vat: vatParts(
      openings,
      acceptances.map(({ calculation }) => calculation),
    ),
    net: add(...services.map(({ net }) => net)),
    gross: add(...services.map(({ gross }) => gross)),
  };
}

async function decisionsToSplit(
  db: Kysely<Database>,
  accepted: readonly Acceptance[],
  { files, reference }: ExplainRequest,
): Promise<Set<number>> {
  const all = new Set(files ? accepted.map(({ decisionId }) => decisionId) : []);
  if (reference === undefined) return all;
  return new Set((await decisionsOfFile(db, reference)).filter((id) => all.has(id)));
}

function isOf(service: AcceptedService, { kind, name }: Subject, lotId: number | undefined): boolean {
  if (kind === 'lot') return service.lot.id === lotId;
  if (service.kind === 'opening') return false;
  return kind === 'order' ? service.callOff.number === name : service.batch === name;
}

async function findSubject(db: Kysely<Database>, orders: readonly string[], name: string): Promise<Subject> {
  const batches = await db.selectFrom('batch').select('key').orderBy('id').execute();
  if (batches.some(({ key }) => key === name)) return { kind: 'batch', name };
  if (orders.includes(name)) return { kind: 'order', name };
  const lots = (await listLots(db)).flatMap(({ key, contract }) => [key, `${contract.number}/${key}`]);
  if (lots.includes(name)) return { kind: 'lot', name };
  throw new UsageError(
    'price.unknown-subject',
    text({
      de: `„${name}“ ist weder Charge noch Abruf noch Los.`,
      en: `"${name}" is neither a batch nor a call-off nor a lot.`,
    }),
    didYouMean(name, [...batches.map(({ key }) => key), ...orders, ...lots], 'scanlot batch list'),
  );
}

/** VAT is computed by acceptance, on the sum of each rate; so these parts make the VAT of the whole. */
function vatParts(openings: readonly Opening[], calculations: readonly Calculation[]): VatPart[] {
  const parts = new Map<BasisPoints, { net: number; vat: number }>();
  const put = (rate: BasisPoints, net: number, vat: number) => {
    const part = parts.get(rate) ?? { net: 0, vat: 0 };
    parts.set(rate, { net: part.net + net, vat: part.vat + vat });
  };
  for (const { vatRate, net, vat } of openings) put(vatRate, net, vat);
  for (const { lines, vatRate } of calculations) {
    const nets = new Map<BasisPoints, number>();
    for (const line of lines) {
      const rate = line.vatRate ?? vatRate;
      nets.set(rate, (nets.get(rate) ?? 0) + line.net);
    }
    for (const [rate, net] of nets) put(rate, net, vatOn(net as Cents, rate));
  }
  return [...parts].map(([rate, part]) => ({ rate, ...part }) as VatPart).sort((a, b) => b.rate - a.rate);
}
