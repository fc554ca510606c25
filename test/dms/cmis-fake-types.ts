/** The types of the repository in memory (cmis-fake.ts), as type definitions of the Browser Binding. */
const property = (id: string, more = {}) => ({
  id,
  queryName: id,
  propertyType: 'string',
  cardinality: 'single',
  updatability: 'readwrite',
  required: false,
  queryable: true,
  openChoice: true,
  ...more,
});
const type = (id: string, baseId: string, properties: readonly { readonly id: string }[], more = {}) => ({
  id,
  queryName: id,
  baseId,
  creatable: true,
  queryable: true,
  controllableACL: true,
  propertyDefinitions: Object.fromEntries(
    [property('cmis:name', { required: true }), property('cmis:objectTypeId', { required: true }), ...properties].map(
      (one) => [one.id, one],
    ),
  ),
  ...more,
});
export const extensible = property('cmis:secondaryObjectTypeIds', { propertyType: 'id', cardinality: 'multi' });
export const types = [
  type('cmis:secondary', 'cmis:secondary', [], { creatable: false }),
  type(
    'county:retention',
    'cmis:secondary',
    [property('county:retainUntil', { propertyType: 'datetime' }), property('county:retentionClass', { maxLength: 8 })],
    { creatable: false },
  ),
  type('county:scanned', 'cmis:secondary', [
    property('county:scanner', { required: true }),
    property('county:colours', { cardinality: 'multi' }),
  ]),
  type('cmis:folder', 'cmis:folder', [property('cmis:description', { queryable: false })]),
  type('cmis:document', 'cmis:document', []),
  type('county:file', 'cmis:folder', [
    extensible,
    property('county:key'),
    property('county:title', { maxLength: 20 }),
    property('county:kind', {
      openChoice: false,
      choice: [{ displayName: 'Akten', choice: [{ value: ['Bauakte'] }, { value: ['Sozialakte'] }] }],
    }),
    property('county:people', { cardinality: 'multi' }),
  ]),
  type(
    'county:strictFile',
    'cmis:folder',
    [
      property('cmis:secondaryObjectTypeIds', { cardinality: 'multi', updatability: 'readonly' }),
      property('county:strictKey'),
      property('county:subject', { required: true }),
    ],
    { controllableACL: false },
  ),
  type(
    'county:document',
    'cmis:document',
    [
      extensible,
      property('county:pages', { propertyType: 'integer', minValue: 0 }),
      property('county:received', { propertyType: 'datetime' }),
      property('county:sha256'),
    ],
    { versionable: true },
  ),
];
