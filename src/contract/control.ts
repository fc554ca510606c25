import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.ts';
import type { ContractDocument } from './contract-document.ts';
import { currentDocuments } from './store.ts';

/** How a contract is watched. */
export interface ContractControl {
  /** Shares of a maximum, in millionths, ascending. */
  readonly warnAt: readonly number[];
  /** Days before a date from which on it is reminded of. */
  readonly remindDays: number;
  /** Who may let a call-off pass a maximum. */
  readonly overrides: readonly { readonly role: string; readonly persons: readonly string[] }[];
  /** The contract's own maximum of running metres. */
  readonly maximumMillimetres: number | null;
}

/** What holds where a contract says nothing: one warning at 80 %, and nobody may pass a maximum. */
export const usualControl: ContractControl = {
  warnAt: [800_000],
  remindDays: 90,
  overrides: [],
  maximumMillimetres: null,
};

/** All contracts by id. */
export async function contractControls(db: Kysely<Database>): Promise<Map<number, ContractControl>> {
  return new Map([...(await currentDocuments(db))].map(([id, document]) => [id, controlOf(document)]));
}

export function controlOf({ control = {}, maximum }: ContractDocument): ContractControl {
  const warnAt = control.warnAt?.map((percent) => percent * 10_000).sort((a, b) => a - b);
  const metres = maximum.runningMetres;
  return {
    warnAt: warnAt ?? usualControl.warnAt,
    remindDays: control.remindDays ?? usualControl.remindDays,
    overrides: control.overrides ?? [],
    maximumMillimetres: metres === undefined ? null : Math.round(metres * 1000),
  };
}
