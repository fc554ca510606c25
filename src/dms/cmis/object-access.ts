import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { AccessEntry, MappedAccess } from '../mapping/mapped-object.ts';
import type { ToldEntry } from './access-control.ts';
import type { Repository } from './repository.ts';
import type { TypeDefinition } from './type-definition.ts';

/** Contains every other permission (CMIS 1.1 section 2.1.12.1). */
const everything = 'cmis:all';

/** @throws DmsError dms.settings-wrong when a mapping wants to change access where that is impossible */
export function requireChangeableAccess(
  { binding: { access } }: Repository,
  { grant, withdraw }: MappedAccess,
  types: readonly TypeDefinition[],
): void {
  const wanted = [...grant, ...withdraw];
  if (wanted.length === 0) return;
  if (!access.isChangeable) {
    throw settingsWrong(
      text({
        de: 'Das Repository lässt Zugriffsrechte nicht ändern (capabilityACL): „acl“ der Zuordnung ist hier nicht möglich.',
        en: 'The repository lets nobody change access control lists (capabilityACL): "acl" of the mapping is impossible here.',
      }),
    );
  }
  const fixed = types.find(({ isAccessControlled }) => !isAccessControlled);
  if (fixed) {
    throw settingsWrong(
      text({
        de: `Für Objekte des Typs „${fixed.id}“ lassen sich Zugriffsrechte nicht setzen.`,
        en: `Access control lists of objects of type "${fixed.id}" cannot be changed.`,
      }),
    );
  }
  const unknown = wanted
    .flatMap(({ permissions }) => permissions)
    .find((one) => access.permissions.length > 0 && !access.permissions.includes(one));
  if (unknown !== undefined) {
    throw settingsWrong(
      text({
        de: `Das Repository kennt kein Zugriffsrecht „${unknown}“, sondern: ${access.permissions.join(', ')}.`,
        en: `The repository knows no permission "${unknown}", but: ${access.permissions.join(', ')}.`,
      }),
    );
  }
}

/**
 * Brings the access control list of an object to what a mapping says, and makes sure of it: a server that leaves out an
 * entry without a word would open or close a file to the wrong people.
 * @throws DmsError dms.permission-denied when the list is another one afterwards
 */
export async function settleAccess(
  { binding }: Repository,
  id: string,
  access: MappedAccess,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (access.grant.length === 0 && access.withdraw.length === 0) return;
  const { anyone } = binding.access;
  const open = openChange(await binding.accessEntries(id, signal), access, anyone);
  if (!open) return;
  await binding.changeAccess(id, open, signal);
  if (openChange(await binding.accessEntries(id, signal), access, anyone)) throw notTaken(id);
}

/** What is still to be done; undefined where nothing is. */
function openChange(
  entries: readonly ToldEntry[],
  { grant, withdraw }: MappedAccess,
  anyone: string | undefined,
): MappedAccess | undefined {
  const direct = entries.filter(({ isDirect }) => isDirect);
  const taken = remaining(withdraw, (principal, permission) =>
    direct.some((entry) => entry.principal === principal && entry.permissions.includes(permission)),
  );
  // As they will be: what everybody has may be withdrawn in the same request.
  const left = entries.map(({ principal, permissions }) => ({
    principal,
    permissions: permissions.filter((one) => !holds(taken, principal, one)),
  }));
  const given = remaining(
    grant,
    (principal, permission) => !left.some((entry) => covers(entry, principal, permission, anyone)),
  );
  return taken.length === 0 && given.length === 0 ? undefined : { grant: given, withdraw: taken };
}

function remaining(
  entries: readonly AccessEntry[],
  isOpen: (principal: string, permission: string) => boolean,
): readonly AccessEntry[] {
  return entries.flatMap(({ principal, permissions }) => {
    const open = permissions.filter((permission) => isOpen(principal, permission));
    return open.length === 0 ? [] : [{ principal, permissions: open }];
  });
}

function holds(entries: readonly AccessEntry[], principal: string, permission: string): boolean {
  return entries.some((entry) => entry.principal === principal && entry.permissions.includes(permission));
}

/** Servers leave out what an entry of everybody's, or a stronger one, says already. */
function covers(
  { principal: holder, permissions }: AccessEntry,
  principal: string,
  permission: string,
  anyone: string | undefined,
): boolean {
  if (holder !== principal && holder !== anyone) return false;
  const stronger = permission === 'cmis:read' ? ['cmis:write', everything] : [everything];
  return [permission, ...stronger].some((one) => permissions.includes(one));
}

function notTaken(id: string): DmsError {
  return new DmsError(
    'dms.permission-denied',
    text({
      de: `Das DMS hat die Zugriffsrechte von „${id}“ nicht so gesetzt, wie die Zuordnung sie nennt.`,
      en: `The DMS has not set the access control list of "${id}" as the mapping says.`,
    }),
  );
}
