import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Archive, badRequest, notFound, Refused, type Stored } from './archive.ts';
import { readBody, readParts } from './form.ts';

/** `/osrest/api`, the older interface (enaio appconnector). */
export async function serveOsRest(
  archive: Archive,
  readOnly: boolean,
  incoming: IncomingMessage,
  answer: ServerResponse,
  [area, action, id]: readonly string[],
): Promise<void> {
  const body = await readBody(incoming);
  const send = (value: unknown) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end(value === undefined ? '' : JSON.stringify(value));
  };
  if (area === 'documentfiles' && incoming.method === 'GET') {
    const { files } = archive.get(action ?? '');
    if (id === undefined) return send({ pageCount: files.length, files: files.map((_file, at) => `${at + 1}.bin`) });
    const file = files[Number(id) - 1];
    if (!file) throw notFound(`${action}/${id}`);
    answer.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.length });
    return void answer.end(file);
  }
  if (area !== 'documents') throw notFound(String(area));
  if (readOnly && action !== 'search') throw new Refused(403, 1100, 'the user lacks the right to do this');
  switch (`${incoming.method} ${action}`) {
    case 'GET search':
      return send(told(archive.get(id ?? '')));
    case 'POST search':
      return send(search(archive, body));
    case 'POST insert': {
      const { type, values, file } = readForm(incoming, body);
      // No location, or 0, is the top.
      const parent = id === undefined || id === '0' ? {} : { parent: id };
      const stored = archive.insert({ type, values, ...parent, ...(file ? { files: [file] } : {}) });
      return send(Number(stored.id));
    }
    case 'POST update': {
      const { values } = readForm(incoming, body);
      archive.update(id ?? '', { values });
      return send(undefined);
    }
  }
  throw notFound(`${action}`);
}

function readForm(incoming: IncomingMessage, body: Buffer) {
  const parts = readParts(body, incoming.headers['content-type'] ?? '');
  const data = JSON.parse(String(parts.get('data')?.bytes ?? 'null'));
  if (!data) throw badRequest('no part data');
  const fields = Object.entries(data.fields as Record<string, { value: string }>);
  return {
    type: String(data.objectTypeId),
    values: new Map(fields.map(([field, { value }]) => [field, value === '' ? null : value] as const)),
    file: parts.get('file')?.bytes,
  };
}

/** `*` stands for any text; letter case does not count. */
function search(archive: Archive, body: Buffer) {
  const { objectTypeId, fields, result_config: page } = JSON.parse(body.toString()).query;
  const wanted = Object.entries(fields as Record<string, { value: string }>);
  const hits = archive.searchable(objectTypeId).filter(({ values }) =>
    wanted.every(([field, { value }]) => {
      const parts = value.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${parts.join('.*')}$`, 'is').test(values.get(field) ?? '');
    }),
  );
  return hits.slice(page.offset, page.offset + page.pagesize).map(({ stored, values }) => told({ ...stored, values }));
}

function told({ id, type, values }: Stored) {
  const fields = Object.fromEntries([...values].map(([field, value]) => [field, { value }]));
  return { osid: id, objectTypeId: type, fields };
}
