import type { ManifestRow } from '../../delivery/manifest.ts';
import type { Scope } from '../../delivery/profile/expression.ts';
import type { Operand } from '../../delivery/profile/rule.ts';
import type { Text } from '../../shared/language.ts';
import type { CheckContext } from '../context.ts';
import { createGroups } from './groups.ts';
import { keyOf } from './keys.ts';
import type { Scopes } from './scopes.ts';
import { showValues } from './telling.ts';

/** The groups into which a rule divides the rows. */
export interface RowGroups {
  idOf(index: number, scope: Scope): number;
  readonly size: number;
  /** The first row of a group, and its values. */
  first(group: number): { readonly row: ManifestRow; readonly scope: Scope; readonly label: Text } | undefined;
}

/** @param within none: all rows are one group */
export function groupsOf(within: readonly Operand[], { rows }: CheckContext, scopes: Scopes): RowGroups {
  const groups = createGroups((index) => {
    const row = rows.at(index);
    return row ? keyOf(within, scopes.ofRow(row)) : '';
  });
  return {
    idOf: (index, scope) => groups.idOf(index, within.length === 0 ? '' : keyOf(within, scope)),
    get size() {
      return groups.size;
    },
    first: (group) => {
      const row = rows.at(groups.firstOf(group));
      if (!row) return undefined;
      const scope = scopes.ofRow(row);
      return { row, scope, label: showValues(within, scope) };
    },
  };
}
