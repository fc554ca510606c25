import { isRecord } from '../http/answer.ts';
import { LostAnswer, type RequestBody } from '../http/client.ts';
import { type FormPart, multipart } from '../http/multipart.ts';
import { isRefusal } from '../http/refusal.ts';
import type { EnaioObject, EnaioService, FieldValues, NewEnaioObject, Search } from './service.ts';
import { type Session, unusable } from './session.ts';

const pageSize = 100;
/** Against a server that always says that there is more. */
const mostPages = 10_000;

/**
 * OSRest (enaio appconnector, `/osrest/api`), older than the DMS service. It tells no types in a documented form, and
 * removing is not documented either.
 * @param gateway address below which `/osrest/api` lies
 */
export function createOsRest(session: Session, gateway: URL): EnaioService {
  const get: EnaioService['get'] = async (id, type, signal) => {
    try {
      const url = at(gateway, 'documents', 'search', id);
      const object = readObject(await session.read({ method: 'GET', url, signal }));
      return type === undefined || object.type === type ? object : undefined;
    } catch (error) {
      if (isRefusal(error, 'not-found')) return undefined;
      throw error;
    }
  };
  return {
    types: undefined,
    canRemove: false,
    find: async (search, _columns, signal) => {
      const url = at(gateway, 'documents', 'search');
      const found: EnaioObject[] = [];
      for (let pages = 0; ; pages++) {
        if (pages === mostPages) throw unusable('a list without end');
        const body = jsonBody({ query: queryFor(search, found.length) });
        const page = await session.read({ method: 'POST', url, body, signal });
        if (!Array.isArray(page)) throw new LostAnswer('the answer is no list of objects');
        found.push(...(page as readonly unknown[]).map(readObject));
        if (page.length < pageSize) break;
      }
      // `*` and `?` stand for others there, and letter case may not count.
      return found.filter(({ values }) => values.get(search.field) === search.value);
    },
    get,
    insert: async (object, signal) => {
      const { parent } = object;
      const url = at(gateway, 'documents', 'insert', ...(parent === undefined ? [] : [parent]));
      const id = await session.json({ method: 'POST', url, body: insertion(object), signal });
      if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new LostAnswer('the answer names no object');
      // A bare number proves nothing: the object of that id must be the one that was sent.
      const stored = await get(String(id), object.type, signal);
      if (stored?.values.get(object.tellingField) !== object.values.get(object.tellingField))
        throw new LostAnswer('the answer names another object');
      return String(id);
    },
    update: async ({ id, type }, values, signal) => {
      const url = at(gateway, 'documents', 'update', id);
      await session.json({ method: 'POST', url, body: insertion({ type, values }), signal });
    },
    content: (id, signal) => session.content(at(gateway, 'documentfiles', id, '1'), signal),
    remove: async () => {
      throw unusable('OSRest removes nothing');
    },
  };
}

function queryFor({ type, field, value }: Search, offset: number) {
  return {
    objectTypeId: type,
    fields: { [field]: { value } },
    result_config: { fieldsschema_mode: 'ALL', pagesize: pageSize, offset },
  };
}

function insertion({ type, values, content }: Pick<NewEnaioObject, 'type' | 'values' | 'content'>): RequestBody {
  const data: FormPart = {
    name: 'data',
    value: JSON.stringify({ objectTypeId: type, fields: fieldsOf(values) }),
    contentType: 'application/json;charset=UTF-8',
  };
  return multipart(content ? [data, { name: 'file', content }] : [data]);
}

/** An empty text removes a value. */
function fieldsOf(values: FieldValues) {
  return Object.fromEntries([...values].map(([id, value]) => [id, { value: value ?? '' }]));
}

function readObject(one: unknown): EnaioObject {
  if (!isRecord(one)) throw new LostAnswer('the answer is no object');
  const fields = isRecord(one.fields) ? one.fields : {};
  const values = Object.entries(fields).flatMap(([id, field]) => {
    const value = isRecord(field) ? field.value : field;
    return value === undefined || value === null || value === '' ? [] : [[id, String(value)] as const];
  });
  return { id: String(one.osid ?? one.id ?? ''), type: String(one.objectTypeId ?? ''), values: new Map(values) };
}

function jsonBody(value: unknown): RequestBody {
  const bytes = Buffer.from(JSON.stringify(value));
  return { contentType: 'application/json;charset=UTF-8', length: bytes.length, write: (send) => send(bytes) };
}

function at(gateway: URL, ...path: readonly string[]): URL {
  const base = gateway.pathname.replace(/\/+$/, '');
  return new URL([base, 'osrest', 'api', ...path.map(encodeURIComponent)].join('/'), gateway);
}
