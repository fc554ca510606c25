import { isRecord } from '../http/answer.ts';
import type { AccessEntry } from '../mapping/mapped-object.ts';

/** What the service document says about access control lists (CMIS 1.1 sections 2.1.12 and 2.2.2.2). */
export interface AccessControl {
  /** capabilityACL is "manage". */
  readonly isChangeable: boolean;
  /** What a folder's list says holds for all that lies in it. */
  readonly isInherited: boolean;
  /** Names of the permissions there are. */
  readonly permissions: readonly string[];
  /** The principal that stands for everybody who has logged in, where the repository has one. */
  readonly anyone: string | undefined;
}

/** An entry of an access control list as the server tells it. */
export interface ToldEntry extends AccessEntry {
  /** Not inherited from a folder: only such an entry can be taken away. */
  readonly isDirect: boolean;
}

export function readAccessControl(information: Readonly<Record<string, unknown>>): AccessControl {
  const capabilities = isRecord(information.capabilities) ? information.capabilities : {};
  const acl = isRecord(information.aclCapabilities) ? information.aclCapabilities : {};
  const permissions: readonly unknown[] = Array.isArray(acl.permissions) ? acl.permissions : [];
  const { principalIdAnyone: anyone } = information;
  return {
    isChangeable: capabilities.capabilityACL === 'manage',
    isInherited: acl.propagation === 'propagate',
    permissions: permissions.flatMap((one) => (isRecord(one) ? [String(one.permission)] : [])),
    anyone: typeof anyone === 'string' && anyone !== '' ? anyone : undefined,
  };
}

/** Section 5.2.11: { aces: [{ principal: { principalId }, permissions, isDirect }] }. @returns undefined when it is no list */
export function readEntries(value: unknown): readonly ToldEntry[] | undefined {
  if (!isRecord(value) || !Array.isArray(value.aces)) return undefined;
  return value.aces.flatMap((entry: unknown) => {
    if (!isRecord(entry) || !isRecord(entry.principal) || !Array.isArray(entry.permissions)) return [];
    const { principal, permissions, isDirect } = entry;
    return [
      { principal: String(principal.principalId), permissions: permissions.map(String), isDirect: isDirect !== false },
    ];
  });
}

/** Section 5.4.4.3.12: addACEPrincipal[n] with addACEPermission[n][m], and the same to remove. */
export function accessFields(
  action: 'add' | 'remove',
  entries: readonly AccessEntry[],
): readonly (readonly [name: string, value: string])[] {
  return entries.flatMap(({ principal, permissions }, at) => [
    [`${action}ACEPrincipal[${at}]`, principal] as const,
    ...permissions.map((one, index) => [`${action}ACEPermission[${at}][${index}]`, one] as const),
  ]);
}
