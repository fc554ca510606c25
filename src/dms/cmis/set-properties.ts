import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import type { CmisObject } from './answers.ts';
import type { PropertyValues } from './browser-binding.ts';
import type { CmisObjectPlan } from './object-plan.ts';
import type { Repository } from './repository.ts';
import { keepingSecondaryTypes } from './secondary-types.ts';

/**
 * Sets what an object that is there already says of itself. What a mapping gives no value to any more has none.
 * @throws DmsError dms.value-refused when the server keeps a value that was to be emptied
 */
export async function setProperties(
  { binding }: Repository,
  object: CmisObject,
  planned: Pick<CmisObjectPlan, 'properties' | 'emptied'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const values = keepingSecondaryTypes(changeable(planned), object);
  if (values.size === 0) return;
  const told = await binding.update(object.id, values, signal);
  const left = planned.emptied.filter((id) => hasValue(told, id));
  if (left.length === 0) return;
  // Seen: a server that leaves what is given no value as it is, for documents in versions, and takes the empty text.
  const after = await binding.update(object.id, new Map(left.map((id) => [id, ''])), signal);
  const kept = left.find((id) => hasValue(after, id));
  if (kept !== undefined) throw notEmptied(object, kept);
}

/** The type of an object stays. */
function changeable({ properties, emptied }: Pick<CmisObjectPlan, 'properties' | 'emptied'>): PropertyValues {
  const values = [...properties].filter(([id]) => id !== 'cmis:objectTypeId');
  return new Map([...emptied.map((id) => [id, []] as const), ...values]);
}

function hasValue(properties: Readonly<Record<string, unknown>>, id: string): boolean {
  const told = Object.hasOwn(properties, id) ? properties[id] : undefined;
  return Array.isArray(told) ? told.length > 0 : told !== undefined && told !== null && told !== '';
}

function notEmptied({ name }: CmisObject, id: string): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Das DMS lässt „${id}“ von „${name}“ nicht leeren; bitte dort von Hand leeren und den Import wiederholen.`,
      en: `The DMS does not let "${id}" of "${name}" be emptied; empty it there by hand and repeat the import.`,
    }),
  );
}
