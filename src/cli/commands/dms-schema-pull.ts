import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { pullSchema } from '../dms-schema-source.ts';
import { value } from '../options.ts';

export default defineCommand({
  name: 'dms schema pull',
  summary: text({
    de: 'Objekttypen und Felder aus dem DMS lesen',
    en: 'read object types and fields from the DMS',
  }),
  details: text({
    de: 'Mit --out entsteht eine Datei (schemas/dms-schema-1.schema.json), gegen die sich eine Zuordnung prüfen lässt und die sich nach einem Update des DMS mit „dms schema diff“ vergleichen lässt. Ändert im DMS nichts.',
    en: 'With --out it writes a file (schemas/dms-schema-1.schema.json) against which a mapping can be checked, and which "dms schema diff" compares after an upgrade of the DMS. Changes nothing in the DMS.',
  }),
  examples: ['scanlot dms schema pull', 'scanlot dms schema pull --out dms-schema.json'],
  workspace: 'read',
  options: { out: value('FILE', text({ de: 'Datei, in die geschrieben wird', en: 'file to write to' })) },
  output: {
    schema: 'dms-schema-1',
    members: {
      adapter: 'the kind of system',
      readAt: 'when it was read',
      system: 'what the system says it is: name, version',
      accessControl: 'what can be done with access control lists: changeable, permissions; absent where there are none',
      types:
        'id, name, base (cabinet, folder, register, document, secondary, other), parents, creatable, extensible, accessControlled, fields (id, label, type, required, readOnly, multiple, queryable, maxLength, minimum, maximum, choices)',
    },
  },
  run: async (context, { out }) => {
    const document = await pullSchema(context);
    if (out !== undefined) await writeFileAtomically(context.path(out), `${JSON.stringify(document, null, 2)}\n`);
    const { schema: _named, ...data } = document;
    return {
      data,
      render: (printer) => {
        printer.table(document.types, [
          { title: text({ de: 'Typ', en: 'type' }), value: ({ id }) => id },
          { title: text({ de: 'Name', en: 'name' }), value: ({ name }) => name, shrinks: true },
          { title: text({ de: 'Art', en: 'kind' }), value: ({ base }) => base },
          {
            title: text({ de: 'Felder', en: 'fields' }),
            value: ({ fields }, f) => f.number(fields.length),
            align: 'right',
          },
          {
            title: text({ de: 'Pflichtfelder', en: 'mandatory' }),
            value: ({ fields }) =>
              fields
                .filter(({ required }) => required)
                .map(({ id }) => id)
                .join(', '),
            shrinks: true,
          },
        ]);
        const { name, version } = document.system;
        printer.line(
          text({
            de: (f) =>
              `${f.counted(document.types.length, 'Objekttyp', 'Objekttypen')} von ${name ?? document.adapter} ${version ?? ''}`,
            en: (f) =>
              `${f.counted(document.types.length, 'object type', 'object types')} of ${name ?? document.adapter} ${version ?? ''}`,
          }),
        );
        if (out !== undefined) printer.line(out, 'good');
      },
    };
  },
});
