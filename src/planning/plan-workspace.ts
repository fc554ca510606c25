import { selectHoldings } from '../holdings/select.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { Workspace } from '../storage/workspace.ts';
import { planningConfig } from './config.ts';
import { type FreeBudget, freeBudget } from './free-budget.ts';
import type { Budget, Plan } from './plan.ts';
import { planYear } from './plan-year.ts';
import { readPlanLots } from './read-frame.ts';

export interface PlanRequest {
  readonly year: number;
  /** Without it, what the year's budget has left. */
  readonly budget?: Budget | undefined;
  /** The day whose prices and VAT count; without it, the year's last day within each contract's term. */
  readonly performedOn?: CalendarDate | undefined;
  /** Only its holdings, and its budget. */
  readonly department?: string | undefined;
  /** In the place of the configured value. */
  readonly allowSplit?: boolean | undefined;
}

export interface WorkspacePlan {
  readonly plan: Plan;
  /** How the budget came about, where it was not given. */
  readonly freeBudget: FreeBudget | undefined;
  /** Price positions that no holding's cost contains, since their quantity cannot be estimated: by lot. */
  readonly unpriced: readonly { readonly lot: string; readonly positions: readonly string[] }[];
}

/** Plans a year with the workspace's holdings, prices, maxima, budget and configuration; changes nothing. */
export async function planWorkspace(workspace: Workspace, request: PlanRequest): Promise<WorkspacePlan> {
  const { db } = workspace;
  const { year, department, performedOn } = request;
  const holdings = await selectHoldings(db, { department });
  const free = request.budget ? undefined : await freeBudget(db, year, department);
  const budget = request.budget ?? { amount: free?.free ?? (0 as Budget['amount']), basis: 'gross' };
  const configured = planningConfig(workspace);
  const config = { ...configured, allowSplit: request.allowSplit ?? configured.allowSplit };
  const lots = await readPlanLots(db, year, performedOn);
  const plan = planYear(holdings, { year, budget, lots, config });
  const used = new Set(plan.ranked.map(({ holding }) => holding.lot));
  const unpriced = [...lots.values()].filter((lot) => used.has(lot.key) && lot.unpriced.length > 0);
  return { plan, freeBudget: free, unpriced: unpriced.map((lot) => ({ lot: lot.key, positions: lot.unpriced })) };
}
