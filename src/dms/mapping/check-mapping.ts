import type { DmsSchema } from '../schema/dms-schema.ts';
import { accessFaults } from './check-extensions.ts';
import { fieldsFaults, keyFaults, permissionFaults } from './check-fields.ts';
import { typeFaults } from './check-types.ts';
import type { Check, CheckableMapping } from './checkable-mapping.ts';
import type { MappingFault } from './mapping-fault.ts';

export interface CheckOptions {
  /** Fields that the adapter sets itself, such as the one that holds our key: no mapping may. */
  readonly reserved?: readonly string[];
}

/** Compares a mapping with the types of a system before anything is sent. */
export function checkMapping(
  mapping: CheckableMapping,
  schema: DmsSchema,
  { reserved = [] }: CheckOptions = {},
): MappingFault[] {
  const check: Check = { types: new Map(schema.types.map((type) => [type.id, type])), reserved };
  const faults: MappingFault[] = [];
  let parents: readonly string[] = [];
  for (const folder of mapping.folders) {
    faults.push(...typeFaults(check, folder, parents, 'folder'), ...keyFaults(check, folder));
    const own = folder.keyField === undefined ? [] : [folder.keyField];
    faults.push(...fieldsFaults(check, folder, folder.fields, own));
    parents = [folder.type];
  }
  const permission = mapping.permissions?.field;
  for (const variant of mapping.file) {
    faults.push(...typeFaults(check, variant, parents, 'file'));
    faults.push(...fieldsFaults(check, variant, variant.fields, permission === undefined ? [] : [permission]));
    if (permission !== undefined) faults.push(...permissionFaults(check, variant, permission));
  }
  const files = mapping.file.map(({ type }) => type);
  for (const variant of mapping.document) {
    faults.push(...typeFaults(check, variant, files, 'document'), ...fieldsFaults(check, variant, variant.fields, []));
  }
  if (mapping.permissions) {
    faults.push(...accessFaults(schema, mapping.permissions.access, [...mapping.file, ...mapping.document]));
  }
  return faults;
}
