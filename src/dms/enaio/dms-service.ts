import { isRecord } from '../http/answer.ts';
import { LostAnswer, type RequestBody } from '../http/client.ts';
import { type Content, multipart } from '../http/multipart.ts';
import { isRefusal, Refusal } from '../http/refusal.ts';
import { type EnaioType, readObjectTypes } from './object-types.ts';
import type { EnaioObject, EnaioService, FieldValues, NewEnaioObject, Search, Signal } from './service.ts';
import { type Session, unusable } from './session.ts';

const pageSize = 100;
/** Against a server that always says that there is more. */
const mostPages = 10_000;

/** What the service says of its types, and when they were last changed. */
export interface Definition {
  readonly types: ReadonlyMap<string, EnaioType>;
  readonly lastModificationDate: string | undefined;
}

/**
 * `GET /schema`, "in CMIS format". The service is asked whether anything changed since `known` (If-None-Match takes the
 * date, Base64-encoded).
 * @throws DmsError dms.answer-unusable when the answer is no schema
 */
export async function readDefinition(
  session: Session,
  gateway: URL,
  known: Definition | undefined,
  signal: Signal,
): Promise<Definition> {
  const date = known?.lastModificationDate;
  const headers: Record<string, string> =
    date === undefined ? {} : { 'if-none-match': Buffer.from(date).toString('base64') };
  const schema = await session.conditional({ method: 'GET', url: at(gateway, 'schema'), headers, signal });
  if (schema === 'not-modified' && known) return known;
  const types = readObjectTypes(schema);
  if (!types || !isRecord(schema)) throw unusable('GET /api/dms/schema');
  const { lastModificationDate } = schema;
  return {
    types: new Map(types.map((type) => [type.id, type])),
    lastModificationDate: typeof lastModificationDate === 'string' ? lastModificationDate : undefined,
  };
}

/** The DMS service (`/api/dms`), 3.0 and later. @param gateway address below which `/api/dms` lies */
export function createDmsService(
  session: Session,
  gateway: URL,
  types: ReadonlyMap<string, EnaioType>,
  hardDelete: boolean,
): EnaioService {
  const objectAt = (id: string, ...below: readonly string[]) => at(gateway, 'objects', id, ...below);
  const select = (statement: Statement, columns: readonly string[], signal: Signal) =>
    allPages(async (skipCount) => {
      const url = at(gateway, 'objects', 'search');
      const query = { ...statement, skipCount, maxItems: pageSize };
      return readPage(await session.read({ method: 'POST', url, body: jsonBody({ query }), signal }), types, columns);
    });
  return {
    types,
    canRemove: true,
    find: async (search, columns, signal) => {
      const found = await select(statementFor(search, columns, types), columns, signal);
      // `=` on text does not regard letter case.
      return found.filter(({ values }) => values.get(search.field) === search.value);
    },
    documentsIn: (parent, type, columns, signal) =>
      select(
        {
          statement: `${selection(type, columns, types)} WHERE ${placeField(types.get(parent.type))} = @parent`,
          parameters: { parent: parent.id },
        },
        columns,
        signal,
      ),
    get: (id, type, signal) =>
      orAbsent(async () => {
        const url = objectAt(id);
        const [object] = readObjects(await session.read({ method: 'GET', url, signal }), types);
        return type === undefined || object?.type === type ? object : undefined;
      }),
    insert: async (object, signal) => {
      const answer = await session.json({
        method: 'POST',
        url: at(gateway, 'objects'),
        body: insertion(object),
        signal,
      });
      const [made] = readObjects(answer, types);
      if (made === undefined || made.id === '') throw new LostAnswer('the answer names no object');
      const told = made.values.get(object.tellingField);
      if (told !== undefined && told !== object.values.get(object.tellingField)) {
        throw new LostAnswer('the answer names another object');
      }
      return made.id;
    },
    update: async ({ id, type }, values, signal) => {
      const properties = propertiesOf(type, undefined, values);
      const body = jsonBody({ objects: [{ properties }] });
      await session.json({ method: 'PATCH', url: objectAt(id), body, signal });
    },
    content: (id, signal) => session.content(objectAt(id, 'contents', 'file', '1'), signal),
    remove: async ({ id, type }, cascading, signal) => {
      const url = objectAt(id);
      const options = [...(hardDelete ? ['HARDDELETE'] : []), ...(cascading ? ['DELETECASCADING'] : [])];
      url.searchParams.set('objectTypeId', type);
      if (options.length > 0) url.searchParams.set('options', options.join(','));
      await orAbsent(() => session.read({ method: 'DELETE', url, signal }));
    },
  };
}

interface Statement {
  readonly statement: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Values go as parameters: how literals are quoted is not documented. */
function statementFor(
  { type, field, value, parent }: Search,
  columns: readonly string[],
  types: ReadonlyMap<string, EnaioType>,
): Statement {
  const place = parent === undefined ? '' : ' AND (system:SDSTA_ID = @parent OR system:SDREG_ID = @parent)';
  return {
    statement: `${selection(type, columns, types)} WHERE ${queryName(types.get(type), field)} = @value${place}`,
    parameters: { value, ...(parent === undefined ? {} : { parent }) },
  };
}

function selection(type: string, columns: readonly string[], types: ReadonlyMap<string, EnaioType>): string {
  const definition = types.get(type);
  const named = ['system:objectId', 'system:objectTypeId', ...columns.map((column) => queryName(definition, column))];
  return `SELECT ${named.join(', ')} FROM ${definition?.queryName ?? type}`;
}

function queryName(type: EnaioType | undefined, field: string): string {
  return type?.fields.find(({ id }) => id === field)?.queryName ?? field;
}

/** `GET /objects/{id}` does not tell the parents; these fields of a search do. */
function placeField(type: EnaioType | undefined): string {
  return type?.base === 'register' ? 'system:SDREG_ID' : 'system:SDSTA_ID';
}

/** One object in one request: whether others beside one that failed are stored is not documented. */
function insertion({ type, parent, values, content }: NewEnaioObject): RequestBody {
  const properties = propertiesOf(type, parent, values);
  if (!content) return jsonBody({ objects: [{ properties }] });
  const cid = 'cid_0';
  const { mimeType, fileName } = content satisfies Content;
  const objects = [{ properties, contentStreams: [{ mimeType, fileName, cid }] }];
  return multipart([
    { name: 'data', value: JSON.stringify({ objects }), contentType: 'application/json;charset=UTF-8' },
    { name: cid, content, contentId: cid },
  ]);
}

function propertiesOf(type: string, parent: string | undefined, values: FieldValues) {
  return {
    'system:objectTypeId': { value: type },
    ...(parent === undefined ? {} : { 'system:parentId': { value: parent } }),
    ...Object.fromEntries([...values].map(([id, value]) => [id, { value }])),
  };
}

function jsonBody(value: unknown): RequestBody {
  const bytes = Buffer.from(JSON.stringify(value));
  return { contentType: 'application/json;charset=UTF-8', length: bytes.length, write: (send) => send(bytes) };
}

interface Page {
  readonly objects: readonly EnaioObject[];
  readonly hasMore: boolean;
}

/** `totalNumItems` is not to be counted by: it never exceeds what was asked for by more than one. */
async function allPages(readAt: (skipCount: number) => Promise<Page>): Promise<readonly EnaioObject[]> {
  const all: EnaioObject[] = [];
  for (let pages = 0; pages < mostPages; pages++) {
    const { objects, hasMore } = await readAt(all.length);
    all.push(...objects);
    if (!hasMore || objects.length === 0) return all;
  }
  throw unusable('a list without end');
}

function readPage(answer: unknown, types: ReadonlyMap<string, EnaioType>, columns: readonly string[]): Page {
  const objects = readObjects(answer, types, columns);
  // `hasMoreItems` is there since 3.1.0; before, a full page is all that tells.
  const told = isRecord(answer) ? answer.hasMoreItems : undefined;
  return { objects, hasMore: typeof told === 'boolean' ? told : objects.length === pageSize };
}

/** `{"objects":[{"properties":{"<field>":{"value":…}}}]}`. Columns come back under their id or their query name. */
function readObjects(
  answer: unknown,
  types: ReadonlyMap<string, EnaioType>,
  columns?: readonly string[],
): readonly EnaioObject[] {
  const list = isRecord(answer) ? answer.objects : undefined;
  if (!Array.isArray(list)) throw new LostAnswer('the answer is no list of objects');
  return (list as readonly unknown[]).map((one) => {
    const properties = isRecord(one) && isRecord(one.properties) ? one.properties : {};
    const type = textOf(properties['system:objectTypeId']) ?? '';
    const fields = types.get(type)?.fields ?? [];
    const wanted = columns ? fields.filter(({ id }) => columns.includes(id)) : fields;
    const values = wanted.flatMap(({ id, queryName }) => {
      const value = textOf(properties[id] ?? properties[queryName]);
      return value === undefined ? [] : [[id, value] as const];
    });
    return { id: textOf(properties['system:objectId']) ?? '', type, values: new Map(values) };
  });
}

function textOf(property: unknown): string | undefined {
  const value = isRecord(property) ? property.value : undefined;
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

async function orAbsent<Result>(reading: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await reading();
  } catch (error) {
    if (isRefusal(error, 'not-found') && error instanceof Refusal) return undefined;
    throw error;
  }
}

function at(gateway: URL, ...path: readonly string[]): URL {
  const base = gateway.pathname.replace(/\/+$/, '');
  return new URL([base, 'api', 'dms', ...path.map(encodeURIComponent)].join('/'), gateway);
}
