import { usualAlgorithms } from './digests.ts';
import type { FieldType } from './field-types.ts';
import { fold } from './glob.ts';
import type { DeliveryProfile } from './profile.ts';

/** Digests that a column of a manifest may hold: those whose names are names of fields, and which its length tells. */
const digestFields = usualAlgorithms;
type DigestField = (typeof digestFields)[number];

/** Fields of a manifest row that scanlot itself understands; a profile may add fields of its own. */
export const domainFields = [
  'path',
  'reference',
  'volume',
  'title',
  'box',
  'documentType',
  'date',
  'sheets',
  'pages',
  'removedBlanks',
  ...digestFields,
] as const;
export type DomainField = (typeof domainFields)[number];

/** Fields that hold a whole number from 0. */
export const countFields = ['sheets', 'pages', 'removedBlanks'] as const satisfies readonly DomainField[];

/** Where one field is found in a manifest. */
export interface MappedColumn {
  readonly field: string;
  /** Header of the column, as the profile writes it. */
  readonly column: string;
  readonly optional: boolean;
  /** What its values are, for rules. */
  readonly type: FieldType;
}

/** All columns that a profile maps, the domain's fields first. */
export function mappedColumns(columns: NonNullable<DeliveryProfile['manifest']>['columns']): MappedColumn[] {
  const { fields = {}, ...domain } = columns;
  return [...Object.entries(domain), ...Object.entries(fields)].flatMap(([field, written]) => {
    if (written === undefined) return [];
    const {
      column,
      optional = false,
      type,
    } = typeof written === 'string' ? { column: written, type: undefined } : written;
    return [{ field, column, optional, type: typeOfDomainField(field) ?? type ?? 'text' }];
  });
}

/** The type that a field of the domain has, whatever a profile says; undefined for fields of the profile's own. */
function typeOfDomainField(field: string): FieldType | undefined {
  if (countFields.includes(field as (typeof countFields)[number])) return 'integer';
  if (field === 'date') return 'date';
  return isDomainField(field) ? 'text' : undefined;
}

export function isDomainField(field: string): field is DomainField {
  return domainFields.includes(field as DomainField);
}

export function isDigestField(field: string): field is DigestField {
  return digestFields.includes(field as DigestField);
}

/** A header as it is compared: regardless of letter case, Unicode form and superfluous spaces. */
export function headerKey(header: string): string {
  return fold(header.trim().replaceAll(/\s+/g, ' '));
}
