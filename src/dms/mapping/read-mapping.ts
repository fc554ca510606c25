import { placesIn } from '../../delivery/profile/places.ts';
import { openDocument, schemaMistakes } from '../../shared/document.ts';
import { UsageError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import { type CompiledMapping, compileMapping, type MappingMistake } from './compile-mapping.ts';
import type { MappingDocument } from './mapping-document.ts';

const mostTold = 50;

/**
 * Reads a mapping (JSON or YAML) and makes it fit for use.
 * @throws UsageError that lists every mistake with line and column
 */
export function readMapping(path: string): CompiledMapping {
  const document = openDocument(path);
  const malformed = schemaMistakes(document.value, 'dms-mapping-1');
  const compiled: CompiledMapping | readonly MappingMistake[] =
    malformed.length > 0 ? malformed : compileMapping(document.value as MappingDocument);
  if (!isMistakes(compiled)) return compiled;
  const places = placesIn(document.source);
  throw new UsageError(
    'mapping.invalid',
    text({
      de: (format) => `Die Zuordnung ${path} ist nicht verwendbar: ${format.number(compiled.length)} Fehler.`,
      en: (format) => `The mapping ${path} cannot be used: ${format.counted(compiled.length, 'mistake', 'mistakes')}.`,
    }),
    text({
      de: 'Die genannten Stellen berichtigen (docs/dms/mapping.md).',
      en: 'Mend the places named (docs/dms/mapping.md).',
    }),
    compiled.slice(0, mostTold).map(({ steps, words, offset }) => {
      const { line, column } = places.of(steps, offset);
      return placed(line, column, steps.join('.'), words);
    }),
  );
}

function isMistakes(value: CompiledMapping | readonly MappingMistake[]): value is readonly MappingMistake[] {
  return Array.isArray(value);
}

/** Mistakes found by the schema begin with their member themselves. */
function placed(line: number, column: number, member: string, { de, en }: Text): Text {
  const before = (words: string) => (member === '' || words.startsWith(`${member}: `) ? '' : `${member}: `);
  return text({
    de: `Zeile ${line}, Spalte ${column}: ${before(de)}${de}`,
    en: `line ${line}, column ${column}: ${before(en)}${en}`,
  });
}
