import type { Command } from './command.ts';

type Loader = () => Promise<{ readonly default: Command }>;

/** Every command and where it is; loaded one at a time, so that starting costs only what is used. In the order of help. */
export const registry: Readonly<Record<string, Loader>> = {
  init: () => import('./commands/init.ts'),
  demo: () => import('./commands/demo.ts'),
  status: () => import('./commands/status.ts'),
  'contract import': () => import('./commands/contract-import.ts'),
  'contract show': () => import('./commands/contract-show.ts'),
  'contract diff': () => import('./commands/contract-diff.ts'),
  'contract penalties': () => import('./commands/contract-penalties.ts'),
  'lot list': () => import('./commands/lot-list.ts'),
  'lot show': () => import('./commands/lot-show.ts'),
  'price explain': () => import('./commands/price-explain.ts'),
  'holding import': () => import('./commands/holding-import.ts'),
  'holding list': () => import('./commands/holding-list.ts'),
  'holding show': () => import('./commands/holding-show.ts'),
  plan: () => import('./commands/plan.ts'),
  'order create': () => import('./commands/order-create.ts'),
  'order list': () => import('./commands/order-list.ts'),
  'order show': () => import('./commands/order-show.ts'),
  'order close': () => import('./commands/order-close.ts'),
  'batch create': () => import('./commands/batch-create.ts'),
  'batch list': () => import('./commands/batch-list.ts'),
  'batch show': () => import('./commands/batch-show.ts'),
  'batch pick-list': () => import('./commands/batch-pick-list.ts'),
  'batch hand-over': () => import('./commands/batch-hand-over.ts'),
  'batch originals': () => import('./commands/batch-originals.ts'),
  'profile check': () => import('./commands/profile-check.ts'),
  'profile show': () => import('./commands/profile-show.ts'),
  'profile infer': () => import('./commands/profile-infer.ts'),
  'profile test': () => import('./commands/profile-test.ts'),
  'profile diff': () => import('./commands/profile-diff.ts'),
  check: () => import('./commands/check.ts'),
  'result compare': () => import('./commands/result-compare.ts'),
  inspect: () => import('./commands/inspect.ts'),
  'findings list': () => import('./commands/findings-list.ts'),
  'findings explain': () => import('./commands/findings-explain.ts'),
  reconcile: () => import('./commands/reconcile.ts'),
  'delivery receive': () => import('./commands/delivery-receive.ts'),
  'delivery list': () => import('./commands/delivery-list.ts'),
  'delivery show': () => import('./commands/delivery-show.ts'),
  'delivery notice': () => import('./commands/delivery-notice.ts'),
  accept: () => import('./commands/accept.ts'),
  reject: () => import('./commands/reject.ts'),
  waive: () => import('./commands/waive.ts'),
  'complaint raise': () => import('./commands/complaint-raise.ts'),
  'complaint list': () => import('./commands/complaint-list.ts'),
  'complaint notice': () => import('./commands/complaint-notice.ts'),
  'complaint dispute': () => import('./commands/complaint-dispute.ts'),
  'complaint withdraw': () => import('./commands/complaint-withdraw.ts'),
  'import plan': () => import('./commands/import-plan.ts'),
  'import run': () => import('./commands/import-run.ts'),
  'import retry': () => import('./commands/import-retry.ts'),
  'import withdraw': () => import('./commands/import-withdraw.ts'),
  'import note': () => import('./commands/import-note.ts'),
  'import status': () => import('./commands/import-status.ts'),
  'import verify': () => import('./commands/import-verify.ts'),
  'dms schema pull': () => import('./commands/dms-schema-pull.ts'),
  'dms schema diff': () => import('./commands/dms-schema-diff.ts'),
  'dms mapping check': () => import('./commands/dms-mapping-check.ts'),
  'dms test': () => import('./commands/dms-test.ts'),
  'xdomea receipt': () => import('./commands/xdomea-receipt.ts'),
  'xdomea write': () => import('./commands/xdomea-write.ts'),
  'xdomea show': () => import('./commands/xdomea-show.ts'),
  'store export': () => import('./commands/store-export.ts'),
  'store verify': () => import('./commands/store-verify.ts'),
  'budget import': () => import('./commands/budget-import.ts'),
  'budget show': () => import('./commands/budget-show.ts'),
  'budget export': () => import('./commands/budget-export.ts'),
  'budget year-end': () => import('./commands/budget-year-end.ts'),
  'invoice template': () => import('./commands/invoice-template.ts'),
  'invoice show': () => import('./commands/invoice-show.ts'),
  'invoice check': () => import('./commands/invoice-check.ts'),
  'invoice approve': () => import('./commands/invoice-approve.ts'),
  'invoice reject': () => import('./commands/invoice-reject.ts'),
  'invoice pay': () => import('./commands/invoice-pay.ts'),
  'invoice postings': () => import('./commands/invoice-postings.ts'),
  'invoice list': () => import('./commands/invoice-list.ts'),
  report: () => import('./commands/report.ts'),
  'report trace': () => import('./commands/report-trace.ts'),
  'audit list': () => import('./commands/audit-list.ts'),
  'audit verify': () => import('./commands/audit-verify.ts'),
  completion: () => import('./commands/completion.ts'),
};

export const commandNames: readonly string[] = Object.keys(registry);

/** The first words of commands that have several: "lot", "order". */
export const commandGroups: readonly string[] = [
  ...new Set(commandNames.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0] ?? '')),
];

export async function loadCommand(name: string): Promise<Command> {
  const load = registry[name];
  if (!load) throw new Error(`no command ${name}`);
  return (await load()).default;
}

export async function loadAllCommands(): Promise<Command[]> {
  return Promise.all(commandNames.map(loadCommand));
}
