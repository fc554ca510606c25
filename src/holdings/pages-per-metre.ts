import { type AcceptedService, acceptedServices } from '../finance/accepted.ts';
import { divideHalfUp } from '../shared/money.ts';
import type { Workspace } from '../storage/workspace.ts';

/** How many pages a running metre of shelf holds, and how we know. */
export interface PagesPerMetre {
  readonly pages: number;
  /** accepted: counted in what was accepted of the lot; configured: planning.pagesPerMetre of the workspace. */
  readonly source: 'accepted' | 'configured';
}

/** Less than this says nothing about a lot. */
const leastMillimetres = 5_000;

/**
 * Pages a metre by the lot's id, from what was accepted of it, else as configured. Counties range from 3,800 to 14,000
 * pages a metre, so there is no figure of ours: undefined when neither is known.
 */
export async function pagesPerMetre(
  workspace: Workspace,
): Promise<(lotId: number | undefined) => PagesPerMetre | undefined> {
  const counted = countPerMetre(await acceptedServices(workspace.db));
  const configured = workspace.config.planning?.pagesPerMetre;
  return (lotId) => {
    const accepted = lotId === undefined ? undefined : counted.get(lotId);
    if (accepted !== undefined) return { pages: accepted, source: 'accepted' };
    return typeof configured === 'number' ? { pages: configured, source: 'configured' } : undefined;
  };
}

/** Pages a metre of the services whose length of shelf was measured, by the lot's id; pure. */
export function countPerMetre(
  services: readonly Pick<AcceptedService, 'lot' | 'pages' | 'millimetres'>[],
): Map<number, number> {
  const sums = new Map<number, { pages: number; millimetres: number }>();
  for (const { lot, pages, millimetres } of services) {
    if (millimetres === null) continue;
    const sum = sums.get(lot.id) ?? { pages: 0, millimetres: 0 };
    sums.set(lot.id, { pages: sum.pages + pages, millimetres: sum.millimetres + millimetres });
  }
  const known = [...sums].filter(([, { pages, millimetres }]) => millimetres >= leastMillimetres && pages > 0);
  return new Map(known.map(([id, { pages, millimetres }]) => [id, estimatePages(1000, pages, millimetres)]));
}

/** Pages of a length of shelf, when `pages` stand on `millimetres`; rounded to the page. */
export function estimatePages(length: number, pages: number, millimetres: number): number {
  return Number(divideHalfUp(BigInt(length) * BigInt(pages), BigInt(millimetres)));
}
