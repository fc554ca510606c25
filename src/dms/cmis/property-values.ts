import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import { DmsError } from '../errors.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { MappedField, MappedValue } from '../mapping/mapped-object.ts';
import type { PropertyValues } from './browser-binding.ts';
import type { PropertyDefinition, TypeDefinition } from './type-definition.ts';

/** Set by us; a name that a mapping gives beside would take the mark off a file that is not complete. */
const setByAdapter = new Set(['cmis:name', 'cmis:objectTypeId', 'cmis:secondaryObjectTypeIds']);

/**
 * What a mapping makes of a file, as the type wants it. Servers leave much of this unchecked, or report it when half
 * of the file has been sent.
 * @param given values that are set whatever the mapping says
 * @throws DmsError dms.settings-wrong for properties that the type does not have; dms.value-refused for a mandatory one
 *   without a value, a text too long, a value not in the list of choices, or not of the property's kind
 */
export function propertyValues(
  type: TypeDefinition,
  fields: readonly MappedField[],
  given: ReadonlyMap<string, string>,
): PropertyValues {
  const values = new Map<string, string | readonly string[]>();
  for (const [id, value] of given) values.set(id, checked(definitionOf(type, id), [value])[0] ?? '');
  for (const { id, values: found } of fields) {
    if (given.has(id)) throw setByUs(type, id);
    if (setByAdapter.has(id)) throw fixed(type, id);
    const definition = definitionOf(type, id);
    if (found.length === 0) continue;
    const all = checked(definition, found);
    values.set(id, definition.isMulti ? all : (all[0] ?? ''));
  }
  for (const { id, isRequired, isSettable, hasDefault } of type.properties.values()) {
    if (isRequired && isSettable && !hasDefault && !setByAdapter.has(id) && !values.has(id)) throw missing(type, id);
  }
  return values;
}

/** @throws DmsError dms.settings-wrong when the type has no such property, or nobody may set it */
export function definitionOf(type: TypeDefinition, id: string): PropertyDefinition {
  const definition = type.properties.get(id);
  if (definition?.isSettable) return definition;
  const near = definition ? undefined : nearest(id, [...type.properties.keys()]);
  const hint = { de: near ? ` Gemeint „${near}“?` : '', en: near ? ` Did you mean "${near}"?` : '' };
  throw settingsWrong(
    definition
      ? text({
          de: `Die Eigenschaft „${id}“ des Typs „${type.id}“ darf nicht gesetzt werden.`,
          en: `Property "${id}" of type "${type.id}" cannot be set.`,
        })
      : text({
          de: `Der Typ „${type.id}“ hat keine Eigenschaft „${id}“.${hint.de}`,
          en: `Type "${type.id}" has no property "${id}".${hint.en}`,
        }),
  );
}

function fixed({ id: type }: TypeDefinition, id: string): DmsError {
  return settingsWrong(
    text({
      de: `„${id}“ des Typs „${type}“ setzt scanlot selbst: „name“, „type“ und „secondaryTypes“ der Zuordnung sagen, wie.`,
      en: `"${id}" of type "${type}" is set by scanlot itself: "name", "type" and "secondaryTypes" of the mapping say how.`,
    }),
  );
}

function setByUs(type: TypeDefinition, id: string): DmsError {
  return settingsWrong(
    text({
      de: `„${id}“ des Typs „${type.id}“ nimmt den eigenen Schlüssel auf und darf nicht zugeordnet werden.`,
      en: `"${id}" of type "${type.id}" takes our own key and must not be mapped.`,
    }),
  );
}

function checked(definition: PropertyDefinition, values: readonly MappedValue[]): readonly string[] {
  if (!definition.isMulti && values.length > 1) {
    throw refusedValue(
      definition,
      String(values[1]),
      text({ de: 'nur ein Wert ist erlaubt', en: 'only one value is allowed' }),
    );
  }
  return values.map((value) => {
    const written = write(definition, value);
    const problem = written === undefined ? wrongKind(definition) : problemOf(definition, written);
    if (written === undefined || problem)
      throw refusedValue(definition, String(value), problem ?? wrongKind(definition));
    return written;
  });
}

/** The value as the Browser Binding writes it (CMIS 1.1 section 5.4.4.3.9); undefined when it is none of that kind. */
function write({ propertyType }: PropertyDefinition, value: MappedValue): string | undefined {
  const words = String(value).trim();
  switch (propertyType) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(words) ? String(Number(words)) : undefined;
    case 'decimal':
      return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(words) ? words : undefined;
    case 'boolean':
      return words === 'true' || words === 'false' ? words : undefined;
    case 'datetime': {
      const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(words) ? Date.parse(words) : Number.NaN;
      return Number.isNaN(time) ? undefined : String(time);
    }
    default:
      return String(value);
  }
}

function problemOf(definition: PropertyDefinition, written: string): Text | undefined {
  const { maxLength, minimum, maximum, choices } = definition;
  if (maxLength !== undefined && written.length > maxLength) {
    return text({ de: `länger als ${maxLength} Zeichen`, en: `longer than ${maxLength} characters` });
  }
  if ((minimum !== undefined && Number(written) < minimum) || (maximum !== undefined && Number(written) > maximum)) {
    return text({
      de: `nicht zwischen ${minimum ?? '…'} und ${maximum ?? '…'}`,
      en: `not between ${minimum ?? '…'} and ${maximum ?? '…'}`,
    });
  }
  if (choices && !choices.some((choice) => String(choice) === written)) {
    const some = choices.slice(0, 10).join(', ');
    return text({ de: `nicht in der Auswahlliste (${some})`, en: `not in the list of choices (${some})` });
  }
  return undefined;
}

function wrongKind({ propertyType }: PropertyDefinition): Text {
  return text({ de: `kein Wert der Art „${propertyType}“`, en: `no value of the kind "${propertyType}"` });
}

function refusedValue({ id }: PropertyDefinition, value: string, problem: Text): DmsError {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return new DmsError(
    'dms.value-refused',
    text({
      de: `„${shown}“ passt nicht in „${id}“: ${problem.de}.`,
      en: `"${shown}" does not fit "${id}": ${problem.en}.`,
    }),
  );
}

function missing(type: TypeDefinition, id: string): DmsError {
  return new DmsError(
    'dms.value-refused',
    text({
      de: `Das Pflichtfeld „${id}“ des Typs „${type.id}“ hat keinen Wert.`,
      en: `The mandatory field "${id}" of type "${type.id}" has no value.`,
    }),
  );
}
