import type { MappingFault } from '../../dms/mapping/mapping-fault.ts';
import type { SchemaChange } from '../../dms/schema/compare-schemas.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';
import type { Printer, Tone } from '../printer.ts';

const words: Readonly<Record<SchemaChange['change'], Text>> = {
  added: text({ de: 'neu', en: 'added' }),
  removed: text({ de: 'entfallen', en: 'removed' }),
  changed: text({ de: 'geändert', en: 'changed' }),
};
const tones: Readonly<Record<SchemaChange['change'], Tone>> = { added: 'good', removed: 'bad', changed: 'warn' };

export default defineCommand({
  name: 'dms schema diff',
  summary: text({
    de: 'zeigen, was ein Update an den Objekttypen des DMS geändert hat',
    en: 'show what an upgrade changed in the object types of the DMS',
  }),
  details: text({
    de: 'Vergleicht zwei Dateien von „dms schema pull“: Typen, Felder, Längen, Pflichtangaben und Kataloge. Mit --mapping auch, welche Fehler der Zuordnung dadurch neu sind. Endet mit 0, wenn sich nichts geändert hat, mit --mapping, wenn die Zuordnung keinen neuen Fehler hat; sonst mit 1.',
    en: 'Compares two files of "dms schema pull": types, fields, lengths, mandatory fields and catalogues. With --mapping also which mistakes of the mapping are new by that. Ends with 0 when nothing changed, with --mapping when the mapping has no new mistake; otherwise with 1.',
  }),
  examples: [
    'scanlot dms schema diff vor-update.json nach-update.json',
    'scanlot dms schema diff old.json new.json --mapping dms-mapping.json --json',
  ],
  workspace: 'none',
  arguments: {
    old: argument('OLD', text({ de: 'der ältere Stand', en: 'the older state' })),
    new: argument('NEW', text({ de: 'der neuere Stand', en: 'the newer state' })),
  },
  options: {
    mapping: value('FILE', text({ de: 'Zuordnung (dms-mapping-1)', en: 'mapping (dms-mapping-1)' })),
  },
  output: {
    schema: 'dms-schema-diff-1',
    members: {
      same: 'whether both states have the same types',
      changes: 'change (added, removed, changed), type, field, member, before, after; null where it does not apply',
      broken: 'with --mapping: what of the mapping fits no more: code, severity, place, message; otherwise empty',
    },
  },
  run: async (context, values) => {
    const { readSchemaDocument } = await import('../../dms/schema/schema-document.ts');
    const { compareSchemas } = await import('../../dms/schema/compare-schemas.ts');
    const [older, newer] = [readSchemaDocument(context.path(values.old)), readSchemaDocument(context.path(values.new))];
    const changes = compareSchemas(older, newer);
    const broken: MappingFault[] = [];
    if (values.mapping !== undefined) {
      const { readMapping } = await import('../../dms/mapping/read-mapping.ts');
      const { checkMapping } = await import('../../dms/mapping/check-mapping.ts');
      const mapping = readMapping(context.path(values.mapping));
      const before = new Set(checkMapping(mapping, older).map(identity));
      broken.push(...checkMapping(mapping, newer).filter((fault) => !before.has(identity(fault))));
    }
    const isBad =
      values.mapping === undefined ? changes.length > 0 : broken.some(({ severity }) => severity === 'error');
    return {
      exitCode: isBad ? 1 : 0,
      data: {
        same: changes.length === 0,
        changes,
        broken: broken.map(({ words: told, ...fault }) => ({ ...fault, message: told[context.language] })),
      },
      render: (printer) => {
        if (changes.length === 0)
          printer.line(text({ de: 'Nichts hat sich geändert.', en: 'Nothing changed.' }), 'good');
        for (const change of changes) printChange(printer, change);
        if (broken.length > 0) printer.heading(text({ de: 'In der Zuordnung', en: 'In the mapping' }));
        for (const fault of broken) printer.line(`${fault.place}: ${fault.words[printer.language]}`, 'bad');
      },
    };
  },
});

function identity({ code, place, words: { en } }: MappingFault): string {
  return JSON.stringify([code, place, en]);
}

function printChange(printer: Printer, { change, type, field, member, before, after }: SchemaChange): void {
  const where = [type, field, member].filter((part) => part !== null).join(' · ');
  const what = [before, after].map(show);
  const shown = change === 'added' ? what[1] : change === 'removed' ? what[0] : what.join(' → ');
  printer.line(`${words[change][printer.language]}: ${where}: ${shown}`, tones[change]);
}

function show(value: unknown): string {
  return value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value).slice(0, 200);
}
