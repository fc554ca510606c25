import type { AccessEntry, MappedAccess } from './mapped-object.ts';
import type { AccessSource } from './mapping-document.ts';

/**
 * What each class of permissions means for the access control list of a file. What other classes grant and this one does
 * not is withdrawn: a corrected file may have had another class before.
 */
export function compileAccess(acl: Readonly<Record<string, AccessSource>>): ReadonlyMap<string, MappedAccess> {
  const granted = pairsOf(Object.values(acl).map(({ grant }) => grant));
  return new Map(
    Object.entries(acl).map(([name, { grant, withdraw }]) => {
      const own = pairsOf([grant]);
      const taken = new Map([...granted, ...pairsOf([withdraw])].filter(([pair]) => !own.has(pair)));
      return [name, { grant: entriesOf(own), withdraw: entriesOf(taken) }];
    }),
  );
}

/** Single permissions of single principals, each once. */
type Pairs = ReadonlyMap<string, readonly [principal: string, permission: string]>;

function pairsOf(lists: readonly AccessSource['grant'][]): Pairs {
  const pairs = new Map<string, readonly [string, string]>();
  for (const [principal, permissions] of lists.flatMap((list) => Object.entries(list ?? {}))) {
    for (const permission of permissions) pairs.set(JSON.stringify([principal, permission]), [principal, permission]);
  }
  return pairs;
}

function entriesOf(pairs: Pairs): readonly AccessEntry[] {
  const byPrincipal = new Map<string, string[]>();
  for (const [principal, permission] of pairs.values()) {
    byPrincipal.set(principal, [...(byPrincipal.get(principal) ?? []), permission]);
  }
  return [...byPrincipal].map(([principal, permissions]) => ({ principal, permissions }));
}
