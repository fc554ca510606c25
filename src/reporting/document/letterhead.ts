import type { Sender, WorkspaceConfig } from '../../storage/workspace-config.ts';
import type { Letterhead } from './model.ts';

/** Who a letter goes to, as far as it is known. */
export interface Recipient {
  readonly name: string;
  readonly street?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly town?: string | undefined;
}

type Reference = readonly [name: string, value: string | undefined];

/**
 * The head of a letter of the county: sender, recipient, and references with the contact behind them.
 * @param office where the configuration names none
 * @param references what the letter is about; those without a value are left out
 */
export function letterheadOf(
  { county, sender = {} }: WorkspaceConfig,
  office: string,
  recipient: Recipient,
  references: readonly Reference[],
): Letterhead {
  const town = townOf(sender);
  const address = stated([sender.office ?? office, sender.street, town]);
  const rows = [...references, ...contacts(sender)];
  return {
    kind: 'letterhead',
    sender: [county, address.join(' · ')],
    returnLine: stated([county, sender.street, town]).join(' · '),
    recipient: stated([recipient.name, recipient.street, townOf(recipient)]),
    references: rows.filter((row): row is readonly [string, string] => row[1] !== undefined),
  };
}

function contacts({ contact, phone, email }: Sender): Reference[] {
  return [
    ['Auskunft', contact],
    ['Telefon', phone],
    ['E-Mail', email],
  ];
}

function townOf({ postalCode, town }: Pick<Recipient, 'postalCode' | 'town'>): string {
  return stated([postalCode, town]).join(' ');
}

function stated(parts: readonly (string | undefined)[]): string[] {
  return parts.filter((part): part is string => Boolean(part));
}
