import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Severity } from '../findings/definition.ts';
import type { FindingCode } from '../findings/finding.ts';
import type { DigestAlgorithm, FileFormat } from '../inspection/facts.ts';
import { canonicalHash } from '../shared/canonical-json.ts';
import { readDocument } from '../shared/document.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Delimiter } from '../shared/tables/csv-rows.ts';
import type { Encoding } from '../shared/tables/decode.ts';
import { type DomainField, type MappedColumn, mappedColumns } from './columns.ts';
import { type EntryRole, readLayout } from './layout.ts';
import { profileMistakes } from './profile-rules.ts';
import { compileRowSchema, type JsonSchema, type ProfileMistake, type RowCheck } from './row-schema.ts';

type Column = string | { readonly column: string; readonly optional?: boolean };

/** A delivery profile as it is written: schemas/delivery-profile-1.schema.json says what each part means. */
export interface DeliveryProfile {
  readonly $schema?: string;
  readonly profile: string;
  readonly version: string;
  readonly title: string;
  readonly description?: string;
  readonly layout: {
    readonly manifests?: readonly string[];
    readonly checksums?: readonly string[];
    readonly files: readonly string[];
    readonly ignore?: readonly string[];
  };
  readonly manifest?: {
    readonly format?: 'auto' | 'csv' | 'xlsx';
    readonly encoding?: 'auto' | Encoding;
    readonly delimiter?: 'auto' | Delimiter;
    readonly sheet?: string;
    readonly columns: { readonly [Field in DomainField]?: Column } & {
      readonly path: Column;
      readonly fields?: Readonly<Record<string, Column>>;
    };
  };
  readonly row?: JsonSchema;
  readonly files?: { readonly formats?: readonly FileFormat[]; readonly maximumBytes?: number };
  readonly checksums?: { readonly required?: boolean; readonly algorithms?: readonly DigestAlgorithm[] };
  readonly pages?: {
    readonly declaredEqualsCounted?: boolean;
    readonly sheetsTimesTwo?: boolean;
    readonly tolerance?: number;
  };
  readonly limits?: { readonly files?: number; readonly rows?: number; readonly findings?: number };
  readonly severity?: Readonly<Record<string, Severity | { readonly severity: Severity; readonly reason: string }>>;
  readonly dms?: { readonly objectType: string; readonly fields: Readonly<Record<string, string>> };
}

/** A profile that is fit for use: patterns read, row schema compiled, defaults filled in. */
export interface LoadedProfile {
  readonly source: DeliveryProfile;
  /** sha256 over the canonical form of the profile: equal rules, equal hash. */
  readonly hash: string;
  readonly columns: readonly MappedColumn[];
  readonly roleOf: (path: string) => EntryRole;
  readonly rowCheck: RowCheck;
  readonly formats: readonly FileFormat[];
  readonly checksumsRequired: boolean;
  readonly limits: { readonly files: number; readonly rows: number; readonly findings: number };
  readonly severities: ReadonlyMap<FindingCode, Severity>;
}

/**
 * Reads a delivery profile (JSON or YAML) and makes it fit for use.
 * @throws UsageError that lists every mistake with its place in the file
 */
export function loadProfile(path: string): LoadedProfile {
  const source = readDocument<DeliveryProfile>(path, 'delivery-profile-1');
  const prepared = prepareProfile(source);
  if (!Array.isArray(prepared)) return prepared;
  throw mistakesError(path, prepared);
}

/** Makes a profile, already valid by its schema, fit for use; or tells what is wrong beyond what the schema can say. */
export function prepareProfile(source: DeliveryProfile): LoadedProfile | ProfileMistake[] {
  const columns = source.manifest ? mappedColumns(source.manifest.columns) : [];
  const mistakes = profileMistakes(source, columns);
  const rowCheck = compileRowSchema(source.row ?? true, columns);
  if (Array.isArray(rowCheck)) return [...mistakes, ...rowCheck];
  if (mistakes.length > 0) return mistakes;
  // Where an editor finds the schema is no part of what was agreed.
  const { $schema: _editor, ...agreed } = source;
  return {
    source,
    hash: canonicalHash(agreed),
    columns,
    roleOf: readLayout(source.layout),
    rowCheck,
    formats: source.files?.formats ?? ['pdf', 'tiff'],
    checksumsRequired: source.checksums?.required ?? true,
    limits: {
      files: source.limits?.files ?? 1_000_000,
      rows: source.limits?.rows ?? 2_000_000,
      findings: source.limits?.findings ?? 200_000,
    },
    severities: severitiesOf(source),
  };
}

function severitiesOf({ severity = {} }: DeliveryProfile): Map<FindingCode, Severity> {
  return new Map(
    Object.entries(severity).map(([code, value]) => [
      code as FindingCode,
      typeof value === 'string' ? value : value.severity,
    ]),
  );
}

function mistakesError(path: string, mistakes: readonly ProfileMistake[]): UsageError {
  const lines = new LineCounter();
  const tree = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  return new UsageError(
    'profile.invalid',
    text({
      de: (format) => `Das Lieferprofil ${path} ist nicht verwendbar: ${format.number(mistakes.length)} Fehler.`,
      en: (format) => `The delivery profile ${path} cannot be used: ${format.number(mistakes.length)} mistake(s).`,
    }),
    text({ de: 'Die genannten Stellen berichtigen.', en: 'Mend the places named.' }),
    mistakes.map(({ steps, words }) => {
      const node = tree.getIn(steps, true);
      const { line, col } = lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
      const place = steps.join('.');
      return text({
        de: `Zeile ${line}, Spalte ${col}: ${place}: ${words.de}`,
        en: `line ${line}, column ${col}: ${place}: ${words.en}`,
      });
    }),
  );
}
