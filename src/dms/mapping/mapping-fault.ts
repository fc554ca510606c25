import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';

/** What does not fit between a mapping, the schema of the system, and a delivery profile. */
export const mappingFaultCodes = [
  'unknown-type',
  'type-not-creatable',
  'wrong-base',
  'wrong-parent',
  'unknown-field',
  'read-only',
  'reserved',
  'not-mapped',
  'type-differs',
  'several-values',
  'value-refused',
  'key-not-queryable',
  'not-extensible',
  'access-not-changeable',
  'unknown-permission',
  'unknown-column',
  'column-type',
  'not-used',
] as const;
export type MappingFaultCode = (typeof mappingFaultCodes)[number];

export interface MappingFault {
  readonly code: MappingFaultCode;
  /** error: the import would fail; warning: it fails for some values. */
  readonly severity: 'error' | 'warning';
  /** Where in the mapping: "file.fields.Betreff". */
  readonly place: string;
  readonly words: Text;
}

export function fault(
  code: MappingFaultCode,
  place: string,
  words: Text,
  severity: MappingFault['severity'] = 'error',
): MappingFault {
  return { code, severity, place, words };
}

/** That there is no such thing, and what may have been meant. */
export function unknownWords(id: string, known: readonly string[], de: string, en: string): Text {
  const near = nearest(id, known);
  return text({
    de: `${de} „${id}“ gibt es nicht${near ? `; gemeint „${near}“?` : ''}`,
    en: `there is no ${en} "${id}"${near ? `; did you mean "${near}"?` : ''}`,
  });
}
