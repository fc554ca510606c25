import type { FieldType } from '../../delivery/field-types.ts';
import { text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import type { CompiledMapping } from './compile-mapping.ts';
import { fault, type MappingFault } from './mapping-fault.ts';

/** Compares the columns that a mapping speaks of with those of a delivery profile. */
export function checkColumns(
  { source: { columns = {} } }: CompiledMapping,
  profile: { readonly name: string; readonly columns: Readonly<Record<string, FieldType>> },
): MappingFault[] {
  return Object.entries(columns).flatMap(([column, type]) => {
    const place = `columns.${column}`;
    const known = Object.hasOwn(profile.columns, column) ? profile.columns[column] : undefined;
    if (known === undefined) {
      const near = nearest(column, Object.keys(profile.columns));
      const words = text({
        de: `das Lieferprofil „${profile.name}“ ordnet „${column}“ keiner Spalte zu${near ? `; gemeint „${near}“?` : ''}`,
        en: `the delivery profile "${profile.name}" maps no column to "${column}"${near ? `; did you mean "${near}"?` : ''}`,
      });
      return [fault('unknown-column', place, words)];
    }
    if (known === type || type === 'text' || known === 'text') return [];
    const words = text({
      de: `im Lieferprofil „${profile.name}“ ist „${column}“ von der Art „${known}“`,
      en: `in the delivery profile "${profile.name}" the type of "${column}" is "${known}"`,
    });
    return [fault('column-type', place, words)];
  });
}
