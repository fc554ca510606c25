import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Archive, badRequest, type Change, notFound, Refused, type Stored } from './archive.ts';
import { schemaOf, schemaOfType } from './definition.ts';
import { type Part, readBody, readParts } from './form.ts';
import { answerQuery } from './query.ts';

/** How the DMS service behaves where its documentation leaves that open. */
export interface DmsServiceOptions {
  /** Whether the objects beside one that failed are stored. */
  partialCommits: boolean;
  /** Whether objects without a byte are refused. */
  refusesEmptyFiles: boolean;
  /** Whether the schema tells no lengths. */
  hidesLimits: boolean;
  /** Whether the account may only read. */
  readOnly: boolean;
}

interface WrittenObject {
  readonly properties: Record<string, { readonly value: unknown }>;
  readonly contentStreams?: readonly { readonly cid: string }[];
}

/** `/api/dms`, DMS service 3.x. */
export async function serveDms(
  archive: Archive,
  options: DmsServiceOptions,
  incoming: IncomingMessage,
  answer: ServerResponse,
  path: readonly string[],
): Promise<void> {
  const body = await readBody(incoming);
  const [area, first, ...rest] = path;
  const address = new URL(incoming.url ?? '', 'http://enaio');
  const send = (value: unknown, status = 200) => {
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(value));
  };
  if (options.readOnly && isChange(incoming.method, first)) {
    throw new Refused(403, 1100, 'the user lacks the right to do this');
  }
  const { method } = incoming;
  if (area === 'schema' && method === 'GET')
    return serveSchema(archive, options, incoming, answer, [first, ...rest], send);
  if (area !== 'objects') throw new Refused(404, 1001, 'no such endpoint');
  if (method === 'POST' && first === undefined) return insertOrUpdate(archive, options, incoming, body, send);
  if (method === 'POST' && first === 'search') return search(archive, body, send);
  if (rest.length > 0) return serveContent(archive, first ?? '', rest, answer);
  const id = first ?? '';
  switch (method) {
    case 'GET':
      return send(listOf([told(archive.get(id), true)]));
    case 'PATCH':
    case 'POST': {
      const { objects, parts } = readObjects(incoming, body);
      return send(listOf([told(change(archive, objects[0], parts, id))]));
    }
    case 'DELETE': {
      const asked = new Set((address.searchParams.get('options') ?? '').split(','));
      archive.remove(id, { hard: asked.has('HARDDELETE'), cascading: asked.has('DELETECASCADING') });
      answer.writeHead(204).end();
      return;
    }
  }
  throw new Refused(404, 1001, 'no such endpoint');
}

function isChange(method: string | undefined, first: string | undefined): boolean {
  return method === 'PATCH' || method === 'DELETE' || (method === 'POST' && first !== 'search');
}

/** `contents/file/{n}`, counted from 1; without a number several files come as one: hashing that would prove nothing. */
function serveContent(archive: Archive, id: string, rest: readonly string[], answer: ServerResponse): void {
  const { files } = archive.get(id);
  const [, , number] = rest;
  const merged = files.length === 1 ? files[0] : Buffer.concat([Buffer.from('PK'), ...files]);
  const file = number === undefined ? merged : files[Number(number) - 1];
  if (rest.slice(0, 2).join('/') !== 'contents/file' || !file) throw notFound(`${id}/${rest.join('/')}`);
  answer.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.length });
  answer.end(file);
}

type Send = (value: unknown, status?: number) => void;

function serveSchema(
  archive: Archive,
  { hidesLimits }: DmsServiceOptions,
  incoming: IncomingMessage,
  answer: ServerResponse,
  [kind, id]: readonly (string | undefined)[],
  send: Send,
): void {
  if (kind === 'objecttype') {
    send(schemaOfType(archive.type(id ?? '')));
    return;
  }
  const tag = Buffer.from(archive.lastModificationDate).toString('base64');
  if (incoming.headers['if-none-match'] === tag) return void answer.writeHead(304).end();
  const limited = archive.types.map((type) => ({
    ...type,
    fields: type.fields.map(({ maxLength: _limit, ...field }) => field),
  }));
  send(schemaOf(hidesLimits ? limited : archive.types, archive.lastModificationDate));
}

/** Inserts and updates may be mixed; what failed is named, what did not is not. */
function insertOrUpdate(
  archive: Archive,
  options: DmsServiceOptions,
  incoming: IncomingMessage,
  body: Buffer,
  send: Send,
): void {
  const { objects, parts } = readObjects(incoming, body);
  const done: Stored[] = [];
  const failed: { message: string; innerError: { message: string } }[] = [];
  for (const object of objects) {
    try {
      if (options.refusesEmptyFiles && filesOf(object, parts)?.some(({ length }) => length === 0)) {
        throw badRequest('the file is empty');
      }
      done.push(change(archive, object, parts, idIn(object)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      failed.push({ message: 'could not be stored', innerError: { message: error.message } });
    }
  }
  if (failed.length === 0) {
    send(listOf(done.map((one) => told(one))));
    return;
  }
  if (!options.partialCommits) for (const { id } of done) archive.remove(id, { hard: true, cascading: true });
  send({ failed }, 422);
}

function readObjects(incoming: IncomingMessage, body: Buffer) {
  const type = incoming.headers['content-type'] ?? '';
  const parts = type.startsWith('multipart/') ? readParts(body, type) : new Map<string, Part>();
  const data = parts.size > 0 ? parts.get('data')?.bytes : body;
  const objects = JSON.parse(String(data)).objects as readonly WrittenObject[];
  return { objects, parts };
}

function change(
  archive: Archive,
  object: WrittenObject | undefined,
  parts: ReadonlyMap<string, Part>,
  id: string | undefined,
): Stored {
  if (!object) throw badRequest('no object');
  const { 'system:objectTypeId': type, 'system:parentId': parent, 'system:objectId': _id, ...own } = object.properties;
  const values = new Map(
    Object.entries(own).map(([field, { value }]) => [field, value === null ? null : String(value)] as const),
  );
  const files = filesOf(object, parts);
  const written: Change = {
    ...(type ? { type: String(type.value) } : {}),
    ...(parent ? { parent: String(parent.value) } : {}),
    values,
    ...(files ? { files } : {}),
  };
  return id === undefined ? archive.insert(written) : archive.update(id, written);
}

function idIn({ properties }: WrittenObject): string | undefined {
  const id = properties['system:objectId']?.value;
  return id === undefined ? undefined : String(id);
}

function filesOf({ contentStreams }: WrittenObject, parts: ReadonlyMap<string, Part>): readonly Buffer[] | undefined {
  return contentStreams?.map(({ cid }) => {
    const part = parts.get(cid);
    if (!part) throw badRequest(`no part ${cid}`);
    return part.bytes;
  });
}

function search(archive: Archive, body: Buffer, send: Send): void {
  const { statement, skipCount = 0, maxItems = 50, parameters = {} } = JSON.parse(body.toString()).query;
  const hits = answerQuery(archive, statement, parameters);
  const page = hits.slice(skipCount, skipCount + Math.min(maxItems, 3));
  send({
    objects: page.map(({ columns }) => ({
      properties: Object.fromEntries([...columns].map(([column, value]) => [column, { value: value ?? null }])),
    })),
    numItems: page.length,
    hasMoreItems: hits.length > skipCount + page.length,
    // Never tells more than that there is one more.
    totalNumItems: Math.min(hits.length, skipCount + page.length + 1),
  });
}

function listOf(objects: readonly unknown[]) {
  return { objects, numItems: objects.length, hasMoreItems: false, totalNumItems: objects.length };
}

/** `GET /objects/{id}` does not tell the parents: STAMM_ID is the object's own id. */
function told({ id, type, values, files }: Stored, withStreams = false) {
  return {
    properties: {
      'system:objectId': { value: id },
      'system:objectTypeId': { value: type },
      'system:STAMM_ID': { value: id },
      ...Object.fromEntries([...values].map(([field, value]) => [field, { value }])),
    },
    ...(withStreams ? { contentStreams: files.map(({ length }) => ({ length })) } : {}),
  };
}
