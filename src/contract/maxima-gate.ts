import type { Consumption } from '../finance/consumption.ts';
import { GateError, UsageError } from '../shared/errors.ts';
import { type Text, text, verbatim } from '../shared/language.ts';
import type { ContractControl } from './control.ts';
import { type Addition, exceededLimits } from './maxima.ts';
import type { LotWithContract } from './store.ts';

/** Why, and in which role, a call-off may pass a maximum. */
export interface Override {
  readonly role: string;
  readonly reason: string;
}

/** For the audit log: a maximum was knowingly passed. */
export interface OverMaximum extends Override {
  /** Each maximum that was passed, with its figures. */
  readonly exceeded: readonly string[];
}

const SHORTEST_REASON = 3;

/**
 * The maxima's gate: a call-off passes none of lot and contract, with all that is consumed, ordered and in rework
 * (ECJ C-23/20). It may do so only where the contract names a role for that, and the acting person holds it.
 * @param override why and in which role it may pass them
 * @param actor who orders, as the audit log will name her
 * @returns what to record, when it passes one
 */
export function requireWithinMaxima(
  lot: LotWithContract,
  consumption: Consumption,
  addition: Addition,
  { overrides }: ContractControl,
  override: Override | undefined,
  actor: string,
): OverMaximum | undefined {
  if (override !== undefined && override.reason.trim().length < SHORTEST_REASON) throw reasonMissing();
  const exceeded = exceededLimits(lot, consumption, addition);
  if (exceeded.length === 0) return undefined;
  if (!override) throw maximumExceeded(exceeded, overrides.length > 0);
  const holds = overrides.some(({ role, persons }) => role === override.role && persons.includes(actor));
  if (!holds) throw notPermitted(lot, override.role, actor, overrides);
  return { role: override.role, reason: override.reason.trim(), exceeded: exceeded.map(({ en }) => en) };
}

function maximumExceeded(exceeded: readonly Text[], canOverride: boolean): GateError {
  const more = canOverride
    ? {
        de: ' Wer laut Vertrag dazu befugt ist, kann mit --over-maximum "GRUND" --role ROLLE bewusst überschreiten.',
        en: ' Whoever the contract entitles to it may exceed it knowingly with --over-maximum "REASON" --role ROLE.',
      }
    : { de: '', en: '' };
  return new GateError(
    'call-off.maximum-exceeded',
    text({
      de: 'Der Abruf würde eine Obergrenze des Rahmenvertrags überschreiten und ist deshalb unzulässig.',
      en: 'The call-off would exceed a maximum of the framework contract and is not permitted.',
    }),
    text({
      de: `Weniger abrufen, nicht mehr benötigte Abrufe mit „scanlot order close“ beenden oder neu ausschreiben.${more.de}`,
      en: `Order less, end call-offs no longer needed with "scanlot order close", or tender anew.${more.en}`,
    }),
    exceeded,
  );
}

function notPermitted(
  { contract }: LotWithContract,
  role: string,
  actor: string,
  overrides: ContractControl['overrides'],
): GateError {
  return new GateError(
    'call-off.override-not-permitted',
    text({
      de: `${actor} darf in der Rolle „${role}“ keine Obergrenze des Vertrags ${contract.number} überschreiten.`,
      en: `${actor} may not pass a maximum of contract ${contract.number} in the role "${role}".`,
    }),
    text({
      de: 'Befugt ist, wen der Vertrag unter control.overrides nennt.',
      en: 'Entitled is whom the contract names under control.overrides.',
    }),
    overrides.map(({ role: known, persons }) => verbatim(`${known}: ${persons.join(', ')}`)),
  );
}

function reasonMissing(): UsageError {
  return new UsageError(
    'call-off.reason-missing',
    text({ de: 'Eine Überschreitung braucht einen Grund.', en: 'To exceed a maximum needs a reason.' }),
    text({
      de: 'Mit --over-maximum "GRUND" --role ROLLE angeben.',
      en: 'State it with --over-maximum "REASON" --role ROLE.',
    }),
  );
}
