import { text } from '../../shared/language.ts';
import { secondaryTypeFaults } from './check-extensions.ts';
import type { Check, Placed } from './checkable-mapping.ts';
import { fault, type MappingFault, unknownWords } from './mapping-fault.ts';

/** Whether there is the type of a variant, whether it fits what it is for, and whether its objects may lie where they are to. */
export function typeFaults(
  { types }: Check,
  variant: Placed,
  parents: readonly string[],
  role: 'folder' | 'file' | 'document',
): MappingFault[] {
  const { place, typePlace: at = `${place}.type`, type: id } = variant;
  const type = types.get(id);
  if (!type) return [fault('unknown-type', at, unknownWords(id, [...types.keys()], 'Objekttyp', 'object type'))];
  const faults: MappingFault[] = [];
  if (!type.creatable) {
    const words = text({
      de: `Objekte des Typs „${id}“ lassen sich nicht anlegen`,
      en: `objects of type "${id}" cannot be created`,
    });
    faults.push(fault('type-not-creatable', at, words));
  }
  if ((type.base === 'document') !== (role === 'document')) {
    const words =
      role === 'document'
        ? text({ de: `„${id}“ ist kein Dokumenttyp`, en: `"${id}" is no type of documents` })
        : text({ de: `„${id}“ ist ein Dokumenttyp`, en: `"${id}" is a type of documents` });
    faults.push(fault('wrong-base', at, words));
  }
  const misplaced = type.parents.length === 0 ? [] : parents.filter((parent) => !type.parents.includes(parent));
  for (const parent of misplaced) {
    const words = text({
      de: `„${id}“ kann nicht in „${parent}“ liegen, nur in: ${type.parents.join(', ')}`,
      en: `"${id}" cannot lie in "${parent}", only in: ${type.parents.join(', ')}`,
    });
    faults.push(fault('wrong-parent', at, words));
  }
  return [...faults, ...secondaryTypeFaults(types, variant)];
}
