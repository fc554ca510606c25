import { type Cents, zero } from '../shared/money.ts';
import type { AcceptedService } from './accepted.ts';
import type { CallOff } from './store.ts';

/** A call-off and what it still binds. */
export interface Commitment {
  readonly callOff: CallOff;
  /** Accepted under it in all, gross. */
  readonly accepted: Cents;
  /** Gross: ordered less accepted; nothing once it is closed, or more than ordered was accepted. */
  readonly open: Cents;
}

/** What call-offs still bind; pure. @param services all services of these call-offs, of every year */
export function commitmentsOf(callOffs: readonly CallOff[], services: readonly AcceptedService[]): Commitment[] {
  const acceptedById = new Map<number, Cents>();
  for (const service of services) {
    if (service.kind !== 'acceptance') continue;
    const { id } = service.callOff;
    acceptedById.set(id, ((acceptedById.get(id) ?? 0) + service.gross) as Cents);
  }
  return callOffs.map((callOff) => {
    const accepted = acceptedById.get(callOff.id) ?? zero;
    const open = callOff.closedOn === null ? (Math.max(0, callOff.gross - accepted) as Cents) : zero;
    return { callOff, accepted, open };
  });
}
