import type { MappingDocument } from '../../src/dms/mapping/mapping-document.ts';

/** The county's mapping to types of a CMIS repository (test/support/cmis-types.xml), explained in docs/dms/mapping.md. */
export const countyMapping: MappingDocument = {
  $schema: '../../schemas/dms-mapping-1.schema.json',
  title: 'Akten des Landkreises Musterberg',
  columns: {
    title: 'text',
    box: 'text',
    pages: 'integer',
  },
  folders: [
    {
      type: 'cmis:folder',
      name: 'file.department',
    },
    {
      type: 'cmis:folder',
      name: "file.acceptedOn.written('yyyy')",
    },
  ],
  file: {
    type: 'county:file',
    name: "file.volume == '' ? file.reference : file.reference + ' Band ' + file.volume",
    fields: {
      'county:title': {
        value: 'file.title',
        shorten: 20,
      },
      'county:kind': {
        value: 'file.lot',
        codes: {
          L3: 'Sozialakte',
        },
        otherwise: '',
      },
    },
  },
  document: {
    type: 'county:document',
    name: 'document.fileName',
    fields: {
      'county:pages': {
        value: 'document.pages',
        default: 0,
      },
      'county:received': 'file.acceptedOn',
      'county:sha256': 'document.sha256',
    },
  },
  test: {
    file: {
      department: 'Prüfstelle',
      title: 'Prüfakte der Schnittstelle',
    },
  },
};
