import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Severity } from '../findings/definition.ts';
import type { FindingCode } from '../findings/finding.ts';
import type { DigestAlgorithm, FileFormat } from '../inspection/facts.ts';
import { canonicalHash } from '../shared/canonical-json.ts';
import { schemaMistakes } from '../shared/document.ts';
import { type Text, text } from '../shared/language.ts';
import { systemWords } from '../shared/system-words.ts';
import type { Delimiter } from '../shared/tables/csv-rows.ts';
import type { Encoding } from '../shared/tables/decode.ts';
import type { TableFormat } from '../shared/tables/open-table.ts';
import { type DomainField, type MappedColumn, mappedColumns } from './columns.ts';
import type { FieldType } from './field-types.ts';
import { type EntryRole, type PathNames, readLayout } from './layout.ts';
import { isBesides, readChain } from './profile/chain.ts';
import { type CompiledRules, compileRules } from './profile/compile-rules.ts';
import { mistakesError } from './profile/invalid-profile.ts';
import { ListMistake, type ReferenceList, readList } from './profile/lists.ts';
import type { ListSource, RuleSource } from './profile/rule-source.ts';
import type { TechnicalProfile } from './profile/technical.ts';
import { profileMistakes } from './profile-rules.ts';
import { compileRowSchema, type JsonSchema, type ProfileMistake, type RowCheck } from './row-schema.ts';
import { type ZipLimits, zipLimits } from './zip/limits.ts';

type Column = string | { readonly column: string; readonly optional?: boolean; readonly type?: FieldType };

/** A delivery profile as it is written: schemas/delivery-profile-1.schema.json says what each part means. */
export interface DeliveryProfile {
  readonly $schema?: string;
  readonly profile: string;
  readonly version: string;
  readonly title: string;
  readonly description?: string;
  /** A base profile beside this one; resolved before anything else. */
  readonly extends?: string;
  /** What differs for single lots: key of the lot → parts of a profile. */
  readonly lots?: Readonly<Record<string, object>>;
  readonly layout: {
    readonly manifests?: readonly string[];
    readonly checksums?: readonly string[];
    readonly files: readonly string[];
    readonly ignore?: readonly string[];
  };
  readonly manifest?: {
    readonly format?: 'auto' | TableFormat;
    readonly encoding?: 'auto' | Encoding;
    readonly delimiter?: 'auto' | Delimiter;
    readonly quote?: '"' | "'" | 'none';
    readonly sheet?: string;
    readonly headingRow?: number;
    readonly records?: string;
    readonly namespaces?: Readonly<Record<string, string>>;
    readonly paths?: 'package' | 'manifest';
    readonly pathPrefix?: string;
    readonly fillDown?: readonly string[];
    readonly rows?: 'document' | 'file';
    readonly columns: { readonly [Field in DomainField]?: Column } & {
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
  readonly limits?: Partial<PackageLimits>;
  readonly severity?: Readonly<Record<string, Severity | { readonly severity: Severity; readonly reason: string }>>;
  readonly technical?: TechnicalProfile;
  readonly lists?: Readonly<Record<string, ListSource>>;
  readonly rules?: readonly RuleSource[];
  readonly dms?: {
    /** A mapping (dms-mapping-1) beside the profile. */
    readonly mapping?: string;
    readonly objectType?: string;
    readonly fields?: Readonly<Record<string, string>>;
  };
  /** Packages beside the profile that must pass, and that must fail: for `profile test`. */
  readonly examples?: {
    readonly pass?: readonly string[];
    readonly fail?: readonly {
      readonly path: string;
      readonly codes?: readonly string[];
      readonly rules?: readonly string[];
    }[];
  };
}

/** Sizes beyond which a package is refused. */
export interface PackageLimits extends Pick<ZipLimits, 'unpackedBytes' | 'ratio'> {
  /** Entries. */
  readonly files: number;
  /** Of all manifests together. */
  readonly rows: number;
  /** Findings that are listed one by one; all are counted. */
  readonly findings: number;
}

/** The limits that hold where a profile names none. */
export const defaultLimits: PackageLimits = {
  files: zipLimits.entries,
  rows: 2_000_000,
  findings: 200_000,
  unpackedBytes: zipLimits.unpackedBytes,
  ratio: zipLimits.ratio,
};

/** A profile that is fit for use: patterns read, row schema compiled, defaults filled in. */
export interface LoadedProfile {
  readonly source: DeliveryProfile;
  /** sha256 over the canonical form of the profile: equal rules, equal hash. */
  readonly hash: string;
  readonly columns: readonly MappedColumn[];
  readonly roleOf: (path: string) => EntryRole;
  /** Names of all groups in `layout.files`. */
  readonly groups: readonly string[];
  /** What a path says by itself; undefined where its pattern has no groups. */
  readonly namesOf: (path: string) => PathNames | undefined;
  readonly rules: CompiledRules;
  readonly rowCheck: RowCheck;
  readonly formats: readonly FileFormat[];
  readonly checksumsRequired: boolean;
  readonly limits: PackageLimits;
  readonly severities: ReadonlyMap<FindingCode, Severity>;
}

/** The field by which rows name what they stand for: a path, or, for rows of whole files, the reference alone. */
export function namingField({ columns }: Pick<LoadedProfile, 'columns'>): 'path' | 'reference' {
  return columns.some(({ field }) => field === 'path') ? 'path' : 'reference';
}

export interface LoadOptions {
  /** The lot whose variant holds, where the profile has one for it. */
  readonly lot?: string | undefined;
}

/**
 * Reads a delivery profile (JSON or YAML) with all that it extends, and makes it fit for use.
 * @throws UsageError that lists every mistake with its place in the file
 */
export function loadProfile(path: string, { lot }: LoadOptions = {}): LoadedProfile {
  const chain = readChain(path, lot);
  const malformed = schemaMistakes(chain.resolved, 'delivery-profile-1');
  // What is written wrongly for lots does not hide what is wrong for all.
  if (malformed.some(({ steps }) => steps[0] !== 'lots')) throw mistakesError(path, chain, malformed);
  const prepared = prepareProfile(chain.resolved as DeliveryProfile, (file) => readBeside(path, file));
  const mistakes = Array.isArray(prepared) ? [...malformed, ...prepared] : malformed;
  if (mistakes.length > 0 || Array.isArray(prepared)) throw mistakesError(path, chain, mistakes);
  return prepared;
}

/** Lots for which a profile, or one that it extends, has a variant. @throws UsageError when it cannot be read */
export function lotsOf(path: string): readonly string[] {
  return readChain(path).lots;
}

/**
 * Every file that a profile needs, itself first: base profiles, reference lists and mapping, all of them beside it. Whether the
 * profile is fit for use is not asked.
 * @throws UsageError when one of the profiles cannot be read
 */
export function filesOfProfile(path: string): string[] {
  const { resolved, files } = readChain(path);
  const { lists = {}, dms } = (resolved ?? {}) as Partial<DeliveryProfile>;
  const named = [...Object.values(lists).map((list) => ('file' in list ? list.file : undefined)), dms?.mapping];
  const beside = named.filter((file): file is string => file !== undefined && isBesides(file));
  return [...files, ...beside.map((file) => join(dirname(path), file))];
}

/** Bytes of a file beside the profile. @throws the system's error */
type ReadBeside = (file: string) => Buffer;

function readBeside(profile: string, file: string): Buffer {
  if (!isBesides(file)) throw Object.assign(new Error(file), { code: 'EACCES' });
  return readFileSync(join(dirname(profile), file));
}

const nothingBeside: ReadBeside = () => {
  throw Object.assign(new Error('no file'), { code: 'ENOENT' });
};

/**
 * Makes a profile, already resolved and valid by its schema, fit for use; or tells what is wrong beyond what the schema
 * can say.
 * @param read the reference lists beside it
 */
export function prepareProfile(
  source: DeliveryProfile,
  read: ReadBeside = nothingBeside,
): LoadedProfile | ProfileMistake[] {
  const columns = source.manifest ? mappedColumns(source.manifest.columns) : [];
  const mistakes = profileMistakes(source, columns);
  const rowCheck = compileRowSchema(source.row ?? true, columns);
  const malformed = [...mistakes, ...(Array.isArray(rowCheck) ? rowCheck : [])];
  // Without a layout that can be read nothing is known of the names that rules may use.
  if (malformed.some(({ steps }) => steps[0] === 'layout')) return malformed;
  const layout = readLayout(source.layout);
  const { lists, hashes, mistakes: unread } = readLists(source.lists ?? {}, read);
  const rules = compileRules(source.rules ?? [], { columns, groups: layout.groups, lists });
  const told = [...malformed, ...unread, ...(Array.isArray(rules) ? rules : [])];
  if (told.length > 0 || Array.isArray(rowCheck) || Array.isArray(rules)) return told;
  return {
    source,
    hash: hashOf(source, hashes),
    columns,
    roleOf: layout.roleOf,
    groups: layout.groups,
    namesOf: layout.namesOf,
    rules,
    rowCheck,
    formats: source.files?.formats ?? ['pdf', 'tiff'],
    checksumsRequired: source.checksums?.required ?? true,
    limits: { ...defaultLimits, ...source.limits },
    severities: severitiesOf(source),
  };
}

/**
 * Where an editor finds the schema, from which files the profile was put together, and its examples are no part of what
 * was agreed; the content of its lists is.
 */
function hashOf(source: DeliveryProfile, lists: Readonly<Record<string, string>>): string {
  const { $schema: _editor, extends: _base, lots: _lots, examples: _examples, ...agreed } = source;
  return canonicalHash(Object.keys(lists).length === 0 ? agreed : { ...agreed, listContents: lists });
}

function readLists(sources: Readonly<Record<string, ListSource>>, read: ReadBeside) {
  const lists = new Map<string, ReferenceList>();
  const hashes: Record<string, string> = {};
  const mistakes: ProfileMistake[] = [];
  for (const [name, source] of Object.entries(sources)) {
    try {
      lists.set(
        name,
        readList(name, source, (file) => {
          const bytes = read(file);
          hashes[name] = createHash('sha256').update(bytes).digest('hex');
          return bytes;
        }),
      );
    } catch (error) {
      mistakes.push({ steps: ['lists', name], words: unreadList(name, error) });
    }
  }
  return { lists, hashes, mistakes };
}

function unreadList(name: string, error: unknown): Text {
  if (error instanceof ListMistake) return error.words;
  const cause = systemWords((error as NodeJS.ErrnoException).code ?? (error as Error).message);
  return text({
    de: `die Liste „${name}“ lässt sich nicht lesen: ${cause.de}; sie liegt neben dem Profil`,
    en: `cannot read the list "${name}": ${cause.en}; it lies beside the profile`,
  });
}

function severitiesOf({ severity = {} }: DeliveryProfile): Map<FindingCode, Severity> {
  return new Map(
    Object.entries(severity).map(([code, value]) => [
      code as FindingCode,
      typeof value === 'string' ? value : value.severity,
    ]),
  );
}
