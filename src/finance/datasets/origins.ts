import type { Origin } from '../../reporting/definition/dataset.ts';
import type { AcceptedService } from '../accepted.ts';
import { type BudgetKey, budgetName } from '../budget-line.ts';
import type { Posting } from '../invoice-matching/postings.ts';
import type { InvoiceRow } from '../invoice-matching/store.ts';
import type { CallOff } from '../store.ts';

/** Where figures come from, as a trace names it. */
export function ofService(service: AcceptedService): Origin {
  const { pages, gross, performedOn: on } = service;
  if (service.kind === 'opening') return { kind: 'opening-balance', name: service.source, on, pages, gross };
  const { batch, round } = service;
  return { kind: 'acceptance', name: `${batch}/${round}`, delivery: { batch, round }, on, pages, gross };
}

export function ofCallOff({ number, orderedOn, pages, gross }: CallOff): Origin {
  return { kind: 'call-off', name: number, on: orderedOn, pages, gross };
}

export function ofBudgetLine(key: BudgetKey, gross: number): Origin {
  return { kind: 'budget-line', name: budgetName(key), on: null, pages: null, gross };
}

/** The lines of the invoice that a posting comes from; their amounts are net of what each took. */
export function ofPosting({ uses }: Posting, invoice: InvoiceRow | undefined): Origin[] {
  const lines = new Map<string, Origin>();
  for (const use of uses) {
    const before = lines.get(use.line);
    lines.set(use.line, {
      kind: 'invoice-line',
      name: `${invoice?.number ?? ''}, ${use.line}`,
      on: use.approvedOn,
      pages: null,
      gross: before?.gross ?? null,
    });
  }
  return [...lines.values()];
}

export function ofInvoice({ number, recorded_on, gross }: InvoiceRow): Origin {
  return { kind: 'invoice', name: number, on: recorded_on, pages: null, gross };
}
