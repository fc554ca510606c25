import type { Consumption, Usage } from '../finance/consumption.ts';
import { type LimitUse, limitUses } from '../finance/limits.ts';
import { type Text, text } from '../shared/language.ts';

/** A maximum of which a share is used that the contract wants a warning at. */
export interface LimitWarning extends LimitUse {
  /** The lot or contract. */
  readonly of: Text;
  readonly contractId: number;
  /** The highest share that was passed, in millionths. */
  readonly warnAt: number;
}

/** The warnings of a lot and its contract, or of all. */
export function limitWarnings(
  { lots, contracts }: Consumption,
  only?: { readonly id: number; readonly contract: { readonly id: number } },
): LimitWarning[] {
  return [
    ...[...contracts.values()]
      .filter(({ contract }) => !only || contract.id === only.contract.id)
      .flatMap((usage) => warningsOf(usage, usage.contract.id, contractName(usage.contract.number))),
    ...[...lots.values()]
      .filter(({ lot }) => !only || lot.id === only.id)
      .flatMap((usage) => warningsOf(usage, usage.lot.contract.id, lotName(usage.lot.key, usage.lot.contract.number))),
  ];
}

function warningsOf(usage: Usage, contractId: number, of: Text): LimitWarning[] {
  return limitUses(usage).flatMap((use) => {
    const warnAt = usage.warnAt.findLast((share) => use.share >= share);
    if (use.state === 'reached') return [{ ...use, of, contractId, warnAt: 1_000_000 }];
    return warnAt === undefined ? [] : [{ ...use, of, contractId, warnAt }];
  });
}

function contractName(number: string): Text {
  return text({ de: `Vertrag ${number}`, en: `contract ${number}` });
}

function lotName(key: string, contract: string): Text {
  return text({ de: `Los ${key} (${contract})`, en: `lot ${key} (${contract})` });
}
