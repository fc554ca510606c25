import { catalogue } from '../findings/catalogue.ts';
import { severities } from '../findings/definition.ts';
import { type FindingCode, isFindingCode, kindOf } from '../findings/finding.ts';
import { text, verbatim } from '../shared/language.ts';
import { nearest } from '../shared/suggest.ts';
import { isDigestField, isDomainField, type MappedColumn } from './columns.ts';
import { readPattern } from './glob.ts';
import type { DeliveryProfile } from './profile.ts';
import { unknownField } from './profile-words.ts';
import type { ProfileMistake } from './row-schema.ts';

type Rule = (profile: DeliveryProfile, columns: readonly MappedColumn[]) => Iterable<ProfileMistake>;

/** What is wrong with a profile beyond what its JSON Schema can say, all of it at once. */
export function profileMistakes(profile: DeliveryProfile, columns: readonly MappedColumn[]): ProfileMistake[] {
  return rules.flatMap((rule) => [...rule(profile, columns)]);
}

const rules: readonly Rule[] = [
  malformedPatterns,
  manifestAndColumns,
  manifestForm,
  namingColumns,
  ownFields,
  pageRulesNeedColumns,
  unknownDmsFields,
  changedSeverities,
];

function* malformedPatterns({ layout }: DeliveryProfile): Iterable<ProfileMistake> {
  for (const part of ['manifests', 'checksums', 'files', 'ignore'] as const) {
    for (const [index, pattern] of (layout[part] ?? []).entries()) {
      try {
        readPattern(pattern);
      } catch (error) {
        yield { steps: ['layout', part, String(index)], words: verbatim((error as Error).message) };
      }
    }
  }
}

function* manifestAndColumns({ layout, manifest, row }: DeliveryProfile): Iterable<ProfileMistake> {
  const expected = (layout.manifests ?? []).length > 0;
  if (expected && !manifest) {
    const words = text({
      de: 'layout.manifests nennt Begleitlisten, aber „manifest“ mit den Spalten fehlt',
      en: 'layout.manifests names manifests, but "manifest" with their columns is missing',
    });
    yield { steps: ['layout', 'manifests'], words };
  }
  if (!expected && (manifest || row !== undefined)) {
    const words = text({
      de: 'ohne Begleitliste unter layout.manifests wird diese Angabe nie verwendet',
      en: 'without a manifest under layout.manifests this is never used',
    });
    yield { steps: [manifest ? 'manifest' : 'row'], words };
  }
}

/** XML has no list at its top: the profile must say where the records are. Fields that are filled down must exist. */
function* manifestForm({ manifest }: DeliveryProfile, columns: readonly MappedColumn[]): Iterable<ProfileMistake> {
  if (manifest?.format === 'xml' && manifest.records === undefined) {
    const words = text({
      de: 'XML braucht „records“: die Elemente von der Wurzel bis zum Datensatz, etwa „lieferung/dokument“',
      en: 'XML needs "records": the elements from the root to a record, such as "delivery/document"',
    });
    yield { steps: ['manifest', 'format'], words };
  }
  const known = columns.map(({ field }) => field);
  for (const [index, field] of (manifest?.fillDown ?? []).entries()) {
    if (!known.includes(field)) {
      yield { steps: ['manifest', 'fillDown', String(index)], words: unknownField(field, known) };
    }
  }
}

/** What rows stand for must be named: a document by its path, a file by its folder or its reference. */
function* namingColumns(profile: DeliveryProfile, columns: readonly MappedColumn[]): Iterable<ProfileMistake> {
  const { manifest } = profile;
  if (!manifest) return;
  const known = columns.map(({ field }) => field);
  if (manifest.rows !== 'file') {
    if (!known.includes('path')) yield { steps: ['manifest', 'columns'], words: noPath };
    return;
  }
  for (const field of known.filter(isDigestField)) {
    yield { steps: ['manifest', 'columns', field], words: digestOfFile };
  }
  if (known.includes('path')) return;
  const names = profile.layout.files.some((pattern) => groupsOf(pattern).includes('reference'));
  if (!known.includes('reference') || !names) yield { steps: ['manifest', 'columns'], words: noFolder };
}

/** Groups of a pattern; none where it is malformed, which is told of it. */
function groupsOf(pattern: string): readonly string[] {
  try {
    return readPattern(pattern).groups;
  } catch {
    return [];
  }
}

const noPath = text({
  de: '„path“ fehlt: die Spalte, die den Pfad des Dokuments nennt',
  en: '"path" is missing: the column that tells the path of the document',
});
const noFolder = text({
  de: 'es fehlt, was die Dokumente der Akte nennt: „path“ (ihr Ordner), oder „reference“ und in layout.files die Gruppe {reference}',
  en: 'nothing names the documents of a file: "path" (its folder), or "reference" and the group {reference} in layout.files',
});
const digestOfFile = text({
  de: 'eine Zeile für eine ganze Akte kann keine Prüfsumme haben; je Dokument eine Prüfsummendatei (layout.checksums)',
  en: 'a row for a whole file can have no checksum; use a checksum file with the documents (layout.checksums)',
});

function* ownFields({ manifest }: DeliveryProfile): Iterable<ProfileMistake> {
  for (const field of Object.keys(manifest?.columns.fields ?? {})) {
    if (!isDomainField(field)) continue;
    const words = text({
      de: `„${field}“ ist ein Feld von scanlot und gehört eine Ebene höher`,
      en: `"${field}" is a field of scanlot and belongs one level higher`,
    });
    yield { steps: ['manifest', 'columns', 'fields', field], words };
  }
}

function* pageRulesNeedColumns(
  { pages = {} }: DeliveryProfile,
  columns: readonly MappedColumn[],
): Iterable<ProfileMistake> {
  const needs = [
    ['declaredEqualsCounted', ['pages']],
    ['sheetsTimesTwo', ['sheets', 'removedBlanks']],
  ] as const;
  const known = columns.map(({ field }) => field);
  for (const [rule, fields] of needs) {
    if (pages[rule] !== true) continue;
    for (const field of fields.filter((name) => !known.includes(name))) {
      yield { steps: ['pages', rule], words: unknownField(field, known) };
    }
  }
}

function* unknownDmsFields({ dms }: DeliveryProfile, columns: readonly MappedColumn[]): Iterable<ProfileMistake> {
  const known = columns.map(({ field }) => field);
  for (const [target, field] of Object.entries(dms?.fields ?? {})) {
    if (!known.includes(field)) yield { steps: ['dms', 'fields', target], words: unknownField(field, known) };
  }
}

function* changedSeverities({ severity = {} }: DeliveryProfile): Iterable<ProfileMistake> {
  for (const [code, value] of Object.entries(severity)) {
    const words = isFindingCode(code) ? refusedSeverity(code, value) : unknownCode(code);
    if (words) yield { steps: ['severity', code], words };
  }
}

function unknownCode(code: string) {
  const near = nearest(code, Object.keys(catalogue));
  return text({
    de: `Befund „${code}“ ist unbekannt${near ? `; gemeint „${near}“?` : ''}`,
    en: `finding "${code}" is not known${near ? `; did you mean "${near}"?` : ''}`,
  });
}

/** Raising is free; lowering takes a reason, and what could not be judged can never count as harmless. */
function refusedSeverity(code: FindingCode, value: NonNullable<DeliveryProfile['severity']>[string]) {
  const changed = typeof value === 'string' ? value : value.severity;
  const lowered = severities.indexOf(changed) > severities.indexOf(catalogue[code].severity);
  if (!lowered) return undefined;
  if (kindOf(code) === 'unjudged') {
    return text({
      de: 'was nicht geprüft werden konnte, lässt sich nicht herabstufen',
      en: 'what could not be judged cannot be lowered',
    });
  }
  if (typeof value !== 'string') return undefined;
  return text({
    de: `herabstufen braucht einen Grund: { "severity": "${changed}", "reason": "…" }`,
    en: `lowering needs a reason: { "severity": "${changed}", "reason": "…" }`,
  });
}
