import { basename } from 'node:path';
import { type DomainField, isDigestField } from '../../delivery/columns.ts';
import { algorithmNamed, algorithmSaidBy } from '../../delivery/digests.ts';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../delivery/profile.ts';
import type { DigestAlgorithm, FileFormat } from '../../inspection/facts.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { type CheckedItem, type CheckOptions, checkPackage, type PackageCheck } from '../check-package.ts';
import { type Candidates, type FoundManifest, findCandidates } from './candidates.ts';
import { fieldOfHeader, ownFieldName } from './headers.ts';
import { inferLayout, patternsFor } from './layout.ts';
import { type ColumnShape, shapeOf } from './shape.ts';

/** A first profile, made from a package that is taken to be good. */
export interface InferredProfile {
  readonly profile: DeliveryProfile;
  /** The package held against that profile. */
  readonly check: PackageCheck;
  /** What a person has to decide, because the package does not tell. */
  readonly doubts: {
    /** Files that are neither documents nor checksums nor a manifest that could be read. */
    readonly ignored: readonly string[];
    /** Items whose declared pages are not those counted: the profile has no rule about them for that. */
    readonly pagesDiffer: number;
  };
}

/**
 * Makes a first profile from a package: layout, form of the manifest, columns with what their values have in common,
 * checksums, formats, page rules that hold. People have to look at it: what the package shows by chance is in it too.
 * @throws UsageError when there is no package, or no document in it
 */
export async function inferProfile(location: string, options: CheckOptions = {}): Promise<InferredProfile> {
  const named = await findCandidates(location, options.signal);
  if (named.documents.length === 0) throw noDocuments(location);
  const columns = named.manifests[0] ? mapColumns(named.manifests[0]) : undefined;
  const loose = await checkPackage(location, prepared(looseProfile(named, columns)), options);
  const found = withoutEmptyChecksums(named, loose);
  const profile = strictProfile(location, found, columns, loose);
  return { profile, check: await checkPackage(location, prepared(profile), options), doubts: doubtsOf(profile, loose) };
}

/** A file may have the name of a checksum file, or be METS, and hold no checksum. */
function withoutEmptyChecksums(found: Candidates, { findings }: PackageCheck): Candidates {
  const none = new Set(findings.filter(({ code }) => code === 'checksum.no-usable-line').map(({ path }) => path));
  return {
    ...found,
    checksums: found.checksums.filter((path) => !none.has(path)),
    others: [...found.others, ...found.checksums.filter((path) => none.has(path))],
  };
}

function doubtsOf({ layout, pages, manifest }: DeliveryProfile, { items }: PackageCheck): InferredProfile['doubts'] {
  let differing = 0;
  for (const { declaredPages, facts } of items) {
    if (declaredPages !== null && declaredPages !== (facts?.pages ?? null)) differing += 1;
  }
  const isUnruled = manifest?.columns.pages !== undefined && !pages?.declaredEqualsCounted;
  return { ignored: layout.ignore ?? [], pagesDiffer: isUnruled ? differing : 0 };
}

function noDocuments(location: string): UsageError {
  return new UsageError(
    'profile.no-documents',
    text({
      de: `In ${location} liegt kein Dokument (PDF, TIFF, JPEG, PNG, JP2).`,
      en: `There is no document (PDF, TIFF, JPEG, PNG, JP2) in ${location}.`,
    }),
    text({ de: 'Eine gute Musterlieferung angeben.', en: 'Name a good sample delivery.' }),
  );
}

interface OwnColumn {
  readonly field: string;
  readonly column: string;
  readonly domain: boolean;
}

/** Every column of the manifest with the field that it seems to be. */
function mapColumns({ header, pathColumn }: FoundManifest): OwnColumn[] {
  const taken = new Set<string>();
  return header
    .filter((name) => name !== '')
    .map((column) => {
      const known: DomainField | undefined = column === pathColumn ? 'path' : fieldOfHeader(column);
      const domain = known !== undefined && !taken.has(known);
      const field = domain ? known : ownFieldName(column, taken);
      taken.add(field);
      return { field, column, domain };
    });
}

function columnsOf(columns: readonly OwnColumn[], typeOf: (column: OwnColumn) => object | undefined) {
  const written = (column: OwnColumn) => {
    const more = typeOf(column);
    return more && Object.keys(more).length > 0 ? { column: column.column, ...more } : column.column;
  };
  const own = columns.filter(({ domain }) => !domain).map((column) => [column.field, written(column)] as const);
  const domain = columns.filter((column) => column.domain).map((column) => [column.field, written(column)] as const);
  return {
    ...(Object.fromEntries(domain) as { path: string }),
    ...(own.length === 0 ? {} : { fields: Object.fromEntries(own) }),
  };
}

function placeOf({ manifests: [first] }: Candidates) {
  return {
    ...(first?.paths === 'manifest' ? { paths: first.paths } : {}),
    ...(first?.headingRow === undefined ? {} : { headingRow: first.headingRow }),
  };
}

/** A profile that asks for nothing: for what is in the package to be read and counted. */
function looseProfile(found: Candidates, columns: readonly OwnColumn[] | undefined): DeliveryProfile {
  return {
    profile: 'inferred',
    version: '1',
    title: 'Inferred',
    layout: {
      ...besideDocuments(found, columns !== undefined),
      files: ['**/*.{pdf,tif,tiff,jpg,jpeg,png,jp2}'],
    },
    ...(columns ? { manifest: { ...placeOf(found), columns: columnsOf(columns, () => undefined) } } : {}),
    files: { formats: [...formats] },
    // Whether every document has a checksum is told only where it is asked for.
    checksums: { required: true },
  };
}

/** The parts of the layout that are no documents. */
function besideDocuments({ documents, manifests, checksums, others }: Candidates, hasColumns: boolean) {
  const lists = manifests.map(({ path }) => path);
  return {
    ...(hasColumns ? { manifests: patternsFor(lists, []) } : {}),
    ...(checksums.length > 0 ? { checksums: patternsFor(checksums, [...documents, ...lists, ...others]) } : {}),
    ...(others.length > 0 ? { ignore: patternsFor(others, [...documents, ...lists, ...checksums]) } : {}),
  };
}

const formats: readonly FileFormat[] = ['pdf', 'tiff', 'jpeg', 'png', 'jp2'];

function strictProfile(
  location: string,
  found: Candidates,
  columns: readonly OwnColumn[] | undefined,
  { items: all, findings }: PackageCheck,
): DeliveryProfile {
  const items = [...all];
  const documents = items.filter(({ facts }) => facts !== null);
  const used = formats.filter((format) => documents.some(({ facts }) => facts?.format === format));
  const shapes = new Map(
    (columns ?? []).map((column) => [column.field, shapeOf(items.map((item) => fieldValue(item, column.field)))]),
  );
  const covered = !findings.some(({ code }) => code === 'checksum.none' || code === 'checksum.not-listed');
  const algorithms = algorithmsOf(found, columns);
  return {
    profile: keyOf(location),
    version: '1',
    title: basename(location),
    description: text({
      de: `Aus der Musterlieferung „${basename(location)}“ abgeleitet; vor der Vereinbarung durchsehen.`,
      en: '',
    }).de,
    layout: {
      ...besideDocuments(found, columns !== undefined),
      files: inferLayout(documents.map((item) => ({ path: item.path, values: namesOf(item) }))),
    },
    ...(columns ? manifestPart(found, columns, shapes) : {}),
    files: { formats: used },
    checksums: {
      required: covered && (algorithms.length > 0 || found.checksums.length > 0),
      ...(algorithms.length > 0 ? { algorithms } : {}),
    },
    ...pagesPart(items, shapes),
  };
}

function namesOf({ reference, volume, box, documentType, title }: CheckedItem) {
  return { reference, volume, box, documentType, title };
}

function keyOf(location: string): string {
  const key = basename(location)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return key === '' ? 'profile' : key.slice(0, 60);
}

function fieldValue(item: CheckedItem, field: string): string | undefined {
  const { declaredPages: pages, sheets, removedBlanks, path, date, fields } = item;
  // Fields have names that a vendor chose: only what was put there is theirs.
  const values = new Map<string, string | number | null | undefined>([
    ...Object.entries({ ...namesOf(item), path, date, pages, sheets, removedBlanks }),
    ...Object.entries(fields),
  ]);
  const value = values.get(field) ?? undefined;
  return value === undefined ? undefined : String(value);
}

function manifestPart(found: Candidates, columns: readonly OwnColumn[], shapes: ReadonlyMap<string, ColumnShape>) {
  const [first] = found.manifests;
  const judged = columns.filter(({ field }) => field !== 'path' && !isDigestField(field));
  const demanded = judged.filter(({ field }) => shapes.get(field)?.always).map(({ field }) => field);
  const properties = judged.flatMap(({ field, domain }) => {
    const shape = shapes.get(field);
    // scanlot reads counts and dates of its own fields by itself.
    if (!shape || Object.keys(shape.schema).length === 0 || (domain && shape.type !== 'text')) return [];
    return [[field, shape.schema] as const];
  });
  return {
    manifest: {
      format: first?.format ?? 'auto',
      ...(first?.format === 'csv' ? { encoding: first.encoding, delimiter: first.delimiter } : {}),
      ...placeOf(found),
      columns: columnsOf(columns, ({ field, domain }) => {
        const shape = shapes.get(field);
        return shape && !domain && shape.type !== 'text' ? { type: shape.type } : {};
      }),
    } as NonNullable<DeliveryProfile['manifest']>,
    row: { type: 'object', required: demanded, properties: Object.fromEntries(properties) },
  };
}

function algorithmsOf(found: Candidates, columns: readonly OwnColumn[] | undefined): DigestAlgorithm[] {
  const inColumns = (columns ?? []).flatMap(({ field }) => (isDigestField(field) ? [field] : []));
  const inNames = found.checksums.map((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return algorithmSaidBy(name) ?? algorithmNamed(/md5|sha[-_]?(?:1|224|256|384|512)(?![0-9])/i.exec(name)?.[0] ?? '');
  });
  // A list that does not say what it holds may hold the only digests of some document.
  if (inNames.includes(undefined)) return [];
  return [...new Set([...inColumns, ...inNames.filter((name) => name !== undefined)])];
}

/** Rules about pages that hold for every row. */
function pagesPart(
  items: readonly CheckedItem[],
  shapes: ReadonlyMap<string, ColumnShape>,
): Pick<DeliveryProfile, 'pages'> {
  const rows = items.filter(({ row }) => row !== undefined);
  const known = (...fields: string[]) => rows.length > 0 && fields.every((field) => shapes.get(field)?.always);
  const declaredEqualsCounted =
    known('pages') && rows.every(({ declaredPages, facts }) => declaredPages === facts?.pages);
  const sheetsTimesTwo =
    known('pages', 'sheets', 'removedBlanks') &&
    rows.every(
      ({ sheets, declaredPages, removedBlanks }) => (sheets ?? 0) * 2 === (declaredPages ?? 0) + (removedBlanks ?? 0),
    );
  return declaredEqualsCounted || sheetsTimesTwo ? { pages: { declaredEqualsCounted, sheetsTimesTwo } } : {};
}

function prepared(profile: DeliveryProfile): LoadedProfile {
  const loaded = prepareProfile(profile);
  if (!Array.isArray(loaded)) return loaded;
  throw new Error(`inferred profile: ${loaded.map(({ words }) => words.en).join('; ')}`);
}
