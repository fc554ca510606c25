import type { CalendarDate } from '../shared/dates.ts';
import { readDocument } from '../shared/document.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { type PriceUnit, unitNames } from './price-unit.ts';
import type { ClassChoice } from './pricing/page-class.ts';
import type { Scope } from './pricing/price-terms.ts';
import { priceSheetMistakes } from './pricing/sheet-mistakes.ts';
import type { VatCategory } from './vat-rates.ts';

/** A framework contract as its document states it (schemas/contract-1.schema.json). Amounts are decimal texts in EUR. */
export interface ContractDocument {
  readonly number: string;
  readonly title: string;
  readonly vendor: Vendor;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly extensions?: readonly { readonly months: number; readonly declareBy: CalendarDate }[];
  readonly valueBasis: 'net' | 'gross';
  readonly maximum: LimitsDocument;
  readonly amendment?: { readonly reason: string; readonly effectiveOn: CalendarDate };
  readonly minimumPurchase?: MinimumPurchaseDocument;
  readonly penalties?: readonly PenaltyDocument[];
  readonly vatRates?: readonly VatRateDocument[];
  readonly control?: ControlDocument;
  readonly lots: readonly LotDocument[];
}

/** How the contract is watched. */
export interface ControlDocument {
  /** Percent of a maximum. */
  readonly warnAt?: readonly number[];
  readonly remindDays?: number;
  /** Who may let a call-off pass a maximum. */
  readonly overrides?: readonly { readonly role: string; readonly persons: readonly string[] }[];
}

/** What has to be accepted at the least; value in the contract's value basis. */
export interface MinimumPurchaseDocument {
  readonly value?: string;
  readonly pages?: number;
  /** Without it the last day of the term. */
  readonly by?: CalendarDate;
}

/** What the vendor may owe for delays and defects; percent or amount. */
export interface PenaltyDocument {
  readonly key: string;
  readonly title: string;
  readonly trigger: 'lateDelivery' | 'lateRework' | 'defectiveFile';
  readonly days?: number;
  readonly percent?: string;
  readonly amount?: string;
  readonly per?: 'day' | 'week';
  readonly maximumPercent?: string;
}

export interface VatRateDocument {
  readonly from: CalendarDate;
  readonly category?: 'standard' | 'reduced';
  readonly percent: string;
}

export interface Vendor {
  readonly name: string;
  readonly street?: string;
  readonly postalCode?: string;
  readonly town?: string;
  readonly email?: string;
  readonly vatId?: string;
}

export interface LimitsDocument {
  readonly value?: string;
  readonly pages?: number;
  readonly runningMetres?: number;
}

export interface LotDocument {
  readonly key: string;
  readonly title: string;
  readonly department: string;
  readonly estimate: LimitsDocument;
  readonly maximum: LimitsDocument;
  readonly award?: 'quantity' | 'budget';
  readonly prices: readonly PriceDocument[];
  readonly rounding?: 'line' | 'total';
  readonly vat?: VatCategory;
  readonly surcharges?: readonly SurchargeDocument[];
  readonly indexAdjustments?: readonly IndexAdjustmentDocument[];
  readonly minimumPurchase?: MinimumPurchaseDocument;
  readonly penalties?: readonly PenaltyDocument[];
  readonly deliveryProfile?: string;
  readonly acceptance?: { readonly cureDays?: number };
  readonly openingBalances?: readonly OpeningBalanceDocument[];
}

export interface PriceDocument {
  readonly key: string;
  readonly title: string;
  readonly unit: PriceUnit;
  readonly price: string;
  readonly validFrom?: CalendarDate;
  readonly validTo?: CalendarDate;
  readonly tiers?: {
    readonly kind: 'graduated' | 'wholeVolume';
    readonly scope: Scope;
    readonly steps: readonly { readonly from: number; readonly price: string }[];
  };
  readonly free?: { readonly quantity: number; readonly scope: Scope };
  readonly minimum?: { readonly amount: string; readonly scope: Scope };
  readonly pages?: ClassChoice;
  readonly removedBlanks?: 'free' | 'charged';
  readonly option?: boolean;
  readonly quantity?: 'counted' | 'entered';
  readonly fields?: readonly string[];
}

/** On unit prices; percent or amount, negative for a discount. */
export interface SurchargeDocument {
  readonly key: string;
  readonly title: string;
  readonly percent?: string;
  readonly amount?: string;
  readonly positions?: readonly string[];
  readonly option?: boolean;
  readonly validFrom?: CalendarDate;
  readonly validTo?: CalendarDate;
}

export interface IndexAdjustmentDocument {
  readonly from: CalendarDate;
  readonly factor: string;
  readonly reason: string;
  readonly positions?: readonly string[];
}

export interface OpeningBalanceDocument {
  readonly performedOn: CalendarDate;
  readonly account: string;
  readonly costCentre: string;
  readonly pages: number;
  readonly files?: number;
  readonly runningMetres?: number;
  readonly net: string;
  readonly source: string;
}

/** Reads a contract document. @throws UsageError that lists all mistakes of form and of sense */
export function readContract(path: string): ContractDocument {
  const document = readDocument<ContractDocument>(path, 'contract-1');
  const mistakes = contractMistakes(document);
  if (mistakes.length === 0) return document;
  throw new UsageError(
    'contract.inconsistent',
    text({ de: `${path} widerspricht sich.`, en: `${path} contradicts itself.` }),
    text({ de: 'Die genannten Stellen berichtigen.', en: 'Mend the places named.' }),
    mistakes,
  );
}

/** What a schema cannot say: dates in order, names once, prices of a position that do not overlap. */
export function contractMistakes(contract: ContractDocument): Text[] {
  const mistakes: Text[] = [];
  if (contract.endsOn < contract.startsOn) {
    mistakes.push(text({ de: 'endsOn liegt vor startsOn', en: 'endsOn is before startsOn' }));
  }
  mistakes.push(
    ...repeated(
      'lots',
      contract.lots.map(({ key }) => key),
    ),
  );
  for (const lot of contract.lots) mistakes.push(...lotMistakes(lot));
  return mistakes;
}

function lotMistakes(lot: LotDocument): Text[] {
  const mistakes: Text[] = [];
  for (const [index, price] of lot.prices.entries()) {
    const earlier = lot.prices.slice(0, index).find((other) => other.key === price.key && overlap(other, price));
    if (earlier) {
      mistakes.push(
        text({
          de: `Los ${lot.key}: Preisposition „${price.key}“ gilt zweimal für dieselben Tage`,
          en: `lot ${lot.key}: price position "${price.key}" is valid twice on the same days`,
        }),
      );
    }
    if (price.validFrom && price.validTo && price.validTo < price.validFrom) {
      mistakes.push(
        text({
          de: `Los ${lot.key}: Preisposition „${price.key}“ endet vor ihrem Beginn`,
          en: `lot ${lot.key}: price position "${price.key}" ends before it begins`,
        }),
      );
    }
    const other = lot.prices.find((candidate) => candidate.key === price.key && candidate.unit !== price.unit);
    if (other) {
      mistakes.push(
        text({
          de: `Los ${lot.key}: „${price.key}“ hat zwei Einheiten (${unitNames[price.unit].de}, ${unitNames[other.unit].de})`,
          en: `lot ${lot.key}: "${price.key}" has two units (${unitNames[price.unit].en}, ${unitNames[other.unit].en})`,
        }),
      );
    }
  }
  mistakes.push(...priceSheetMistakes(lot));
  return mistakes;
}

function overlap(a: PriceDocument, b: PriceDocument): boolean {
  return (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999');
}

function repeated(where: string, keys: readonly string[]): Text[] {
  return keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => text({ de: `${where}: „${key}“ kommt zweimal vor`, en: `${where}: "${key}" stands twice` }));
}
