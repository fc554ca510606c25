/** A field of an object type, as far as the tests need one. */
export interface FieldDefinition {
  readonly id: string;
  readonly propertyType?: 'string' | 'integer' | 'decimal' | 'date' | 'datetime' | 'boolean';
  readonly required?: boolean;
  readonly maxLength?: number;
  /** The entries of its catalogue. */
  readonly catalogue?: readonly string[];
  readonly multiple?: boolean;
}

export interface TypeDefinition {
  readonly id: string;
  /** Name in queries. */
  readonly localName: string;
  readonly displayName: string;
  readonly base: 'folder' | 'register' | 'document';
  /** Type ids of what it may lie in; a folder lies at the top of its cabinet. */
  readonly parents: readonly string[];
  readonly fields: readonly FieldDefinition[];
}

const own: readonly FieldDefinition[] = [
  { id: 'ScanlotKey', maxLength: 250 },
  { id: 'ScanlotState', maxLength: 120 },
];

/** The object types of a county: numeric ids, as DMS service 3.x wants them. */
export const typeDefinitions: readonly TypeDefinition[] = [
  {
    id: '3',
    localName: 'county_file',
    displayName: 'Akte',
    base: 'folder',
    parents: [],
    fields: [
      ...own,
      { id: 'Titel', maxLength: 20 },
      { id: 'Aktenart', catalogue: ['Bauakte', 'Sozialakte'] },
      { id: 'Abnahme', propertyType: 'date' },
      { id: 'Seiten', propertyType: 'integer' },
      { id: 'Personen', multiple: true },
    ],
  },
  {
    id: '4',
    localName: 'county_office',
    displayName: 'Amt',
    base: 'folder',
    parents: [],
    fields: [{ id: 'Amt', maxLength: 50 }],
  },
  {
    id: '196609',
    localName: 'county_register',
    displayName: 'Akte im Amt',
    base: 'register',
    parents: ['4'],
    fields: [...own, { id: 'Betreff', maxLength: 50 }],
  },
  {
    id: '196610',
    localName: 'county_strict',
    displayName: 'Strenge Akte',
    base: 'register',
    parents: ['4'],
    fields: [...own, { id: 'Betreff', maxLength: 50, required: true }],
  },
  {
    id: '262146',
    localName: 'county_document',
    displayName: 'Schriftstück',
    base: 'document',
    parents: ['3', '196609', '196610'],
    fields: [
      { id: 'ScanlotDocument', maxLength: 60 },
      { id: 'Name', maxLength: 250 },
      { id: 'Blatt', propertyType: 'integer' },
      { id: 'Farbe', propertyType: 'boolean' },
      { id: 'Pruefsumme', maxLength: 64 },
    ],
  },
];

/** The object definition, "in CMIS format". */
export function schemaOf(types: readonly TypeDefinition[], lastModificationDate: string) {
  return { lastModificationDate, objectTypes: types.map(schemaOfType) };
}

export function schemaOfType({ id, localName, displayName, base, parents, fields }: TypeDefinition) {
  return {
    id,
    localName,
    displayName,
    baseId: base,
    creatable: true,
    allowedParentObjectTypeIds: parents,
    fields: [{ id: 'system:objectId', propertyType: 'string', updatability: 'readonly' }, ...fields.map(fieldOf)],
  };
}

function fieldOf({ id, propertyType = 'string', required = false, maxLength, catalogue, multiple }: FieldDefinition) {
  return {
    id,
    localName: id,
    displayName: id,
    propertyType,
    cardinality: multiple ? 'multi' : 'single',
    updatability: 'readwrite',
    required,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(catalogue
      ? { openChoice: false, choice: catalogue.map((value) => ({ displayName: value, value: [value] })) }
      : {}),
  };
}
