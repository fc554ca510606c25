import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { DmsSchema, DmsType } from '../schema/dms-schema.ts';
import type { MappedAccess } from './mapped-object.ts';
import { fault, type MappingFault } from './mapping-fault.ts';

/** An object of a mapping, with the types that add fields to it. */
interface Extended {
  readonly place: string;
  readonly type: string;
  readonly secondaryTypes?: readonly string[];
}

/** Secondary types that there are not, that are none, or that objects of the type do not take. */
export function secondaryTypeFaults(
  types: ReadonlyMap<string, DmsType>,
  { place, type: id, secondaryTypes = [] }: Extended,
): MappingFault[] {
  if (secondaryTypes.length === 0) return [];
  const at = `${place}.secondaryTypes`;
  const faults = secondaryTypes.flatMap((one) => {
    const type = types.get(one);
    if (!type) return [fault('unknown-type', at, unknownType(one, types))];
    if (type.base === 'secondary') return [];
    return [
      fault('wrong-base', at, text({ de: `„${one}“ ist kein sekundärer Typ`, en: `"${one}" is no secondary type` })),
    ];
  });
  const type = types.get(id);
  if (!type || type.extensible === true) return faults;
  const words = text({
    de: `Objekte des Typs „${id}“ nehmen in diesem DMS keine sekundären Typen an`,
    en: `objects of type "${id}" take no secondary types in this DMS`,
  });
  return [...faults, fault('not-extensible', at, words)];
}

function unknownType(id: string, types: ReadonlyMap<string, DmsType>): Text {
  const known = [...types.values()].filter(({ base }) => base === 'secondary').map((type) => type.id);
  const near = nearest(id, known);
  const offered =
    known.length === 0 ? { de: ': das DMS bietet keine', en: ': the DMS offers none' } : { de: '', en: '' };
  return text({
    de: `Sekundären Typ „${id}“ gibt es nicht${near ? `; gemeint „${near}“?` : offered.de}`,
    en: `there is no secondary type "${id}"${near ? `; did you mean "${near}"?` : offered.en}`,
  });
}

/** What a mapping wants of access control lists, and the system does not do. */
export function accessFaults(
  { accessControl, types }: DmsSchema,
  access: ReadonlyMap<string, MappedAccess>,
  objects: readonly Extended[],
): MappingFault[] {
  if (access.size === 0) return [];
  const at = 'permissions.acl';
  if (!accessControl?.changeable) {
    const words = text({
      de: 'die Schnittstelle dieses DMS ändert keine Zugriffsrechte; „acl“ ist hier nicht möglich',
      en: 'the interface of this DMS changes no access control lists; "acl" is impossible here',
    });
    return [fault('access-not-changeable', at, words)];
  }
  const used = new Set(objects.map(({ type }) => type));
  const fixed = types.filter(({ id, accessControlled }) => used.has(id) && accessControlled !== true);
  return [
    ...fixed.map(({ id }) => {
      const words = text({
        de: `für Objekte des Typs „${id}“ lassen sich Zugriffsrechte nicht setzen`,
        en: `access control lists of objects of type "${id}" cannot be changed`,
      });
      return fault('access-not-changeable', at, words);
    }),
    ...unknownPermissions(accessControl.permissions, access).map(([name, permission]) => {
      const known = accessControl.permissions.join(', ');
      const words = text({
        de: `das Zugriffsrecht „${permission}“ gibt es nicht, sondern: ${known}`,
        en: `there is no permission "${permission}", but: ${known}`,
      });
      return fault('unknown-permission', `${at}.${name}`, words);
    }),
  ];
}

/** Each with the first class that names it. */
function unknownPermissions(
  known: readonly string[],
  access: ReadonlyMap<string, MappedAccess>,
): readonly (readonly [name: string, permission: string])[] {
  const found = new Map<string, string>();
  for (const [name, { grant, withdraw }] of access) {
    for (const permission of [...grant, ...withdraw].flatMap(({ permissions }) => permissions)) {
      if (known.length > 0 && !known.includes(permission) && !found.has(permission)) found.set(permission, name);
    }
  }
  return [...found].map(([permission, name]) => [name, permission] as const);
}
