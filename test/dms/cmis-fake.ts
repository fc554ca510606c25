import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extensible, types } from './cmis-fake-types.ts';

/**
 * A CMIS 1.1 repository in memory, as far as the adapter needs one, by the text of the standard (OASIS CMIS 1.1, section 5,
 * Browser Binding). The real server is asked in cmis.integration.test.ts.
 */
export interface FakeRepository {
  readonly url: string;
  /** How many objects a list tells at once. */
  pageSize: number;
  /** capabilityACL: "none", "discover", "manage". */
  accessControl: string;
  /** Whether a folder's access control list holds for all that lies in it. */
  isAccessInherited: boolean;
  /** What is taken without a word, and left out. */
  drops: 'secondary types' | 'access' | 'emptying' | 'emptying of versions' | undefined;
  /** Complete files by the property that holds their key, each with the names of its index and the digests of what lies there. */
  files(keyProperty: string): [key: string, documents: string[]][];
  /** Forgets everything, as a restarted server in memory does. */
  forget(): void;
  close(): Promise<void>;
}

interface Stored {
  readonly id: string;
  readonly parent: string;
  readonly base: string;
  readonly content: Buffer | undefined;
  readonly properties: Map<string, unknown>;
  /** Principal → permissions. */
  readonly access: Map<string, Set<string>>;
}

const root: Stored = {
  id: 'root',
  parent: '',
  base: 'cmis:folder',
  content: undefined,
  properties: new Map(),
  access: new Map([['anyone', new Set(['cmis:all'])]]),
};

class Refused extends Error {
  readonly status: number;
  readonly exception: string;
  constructor(status: number, exception: string, message: string) {
    super(message);
    this.status = status;
    this.exception = exception;
  }
}

export async function startFakeRepository(user: string, password: string): Promise<FakeRepository> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const objects = new Map<string, Stored>();
  let created = 1_600_000_000_000;
  let url = '';
  const fake: FakeRepository = {
    get url() {
      return url;
    },
    pageSize: 3,
    accessControl: 'manage',
    isAccessInherited: false,
    drops: undefined,
    files: (keyProperty) =>
      [...objects.values()]
        .filter(
          ({ properties }) => properties.get(keyProperty) && !String(properties.get('cmis:name')).includes('~scanlot-'),
        )
        .map(({ id, properties }) => [String(properties.get(keyProperty)), documentsIn(id)]),
    forget: () => objects.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((incoming, answer) => {
    incoming.on('error', () => {});
    serve(incoming, answer).catch((error: unknown) => {
      const { status, exception, message } =
        error instanceof Refused ? error : new Refused(500, 'runtime', String(error));
      if (!answer.headersSent) answer.writeHead(status, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ exception, message }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/browser`;
  return fake;

  async function serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const address = new URL(incoming.url ?? '', url);
    const form = incoming.method === 'POST' ? await readForm(incoming) : undefined;
    if (incoming.headers.authorization !== authorization) {
      answer.writeHead(401, { 'content-type': 'text/html' }).end('<html>who are you?');
      return;
    }
    if (address.searchParams.get('cmisselector') === 'content') {
      answer.end(require(address.searchParams.get('objectId')).content);
      return;
    }
    const result = form ? act(form) : select(address);
    answer.writeHead(form ? 201 : 200, { 'content-type': 'application/json' });
    answer.end(result === undefined ? '' : JSON.stringify(result));
  }

  function select(address: URL): unknown {
    const parameters = address.searchParams;
    switch (parameters.get('cmisselector')) {
      case null: {
        const places = { repositoryUrl: `${url}/A1`, rootFolderUrl: `${url}/A1/root`, rootFolderId: 'root' };
        const product = { productName: 'Fake', productVersion: '1.0' };
        const acl = {
          capabilities: { capabilityACL: fake.accessControl },
          aclCapabilities: {
            propagation: fake.isAccessInherited ? 'propagate' : 'objectonly',
            permissions: ['cmis:read', 'cmis:write', 'cmis:all'].map((permission) => ({ permission })),
          },
          principalIdAnyone: 'anyone',
        };
        return { A1: { repositoryId: 'A1', ...product, ...places, ...acl } };
      }
      case 'typeDefinition': {
        const found = types.find(({ id }) => id === parameters.get('typeId'));
        if (!found) throw new Refused(404, 'objectNotFound', 'unknown type');
        return found;
      }
      case 'typeDescendants':
        return ['cmis:folder', 'cmis:document', 'cmis:secondary'].map((base) => ({
          type: types.find(({ id }) => id === base),
          children: types.filter(({ id, baseId }) => baseId === base && id !== base).map((one) => ({ type: one })),
        }));
      case 'object':
        return told(require(parameters.get('objectId') ?? idAt(address.pathname.split('/root')[1] ?? '')));
      case 'acl':
        return toldAccess(require(parameters.get('objectId')));
      case 'children': {
        const folder = require(parameters.get('objectId'));
        return page(childrenOf(folder.id), parameters, 'objects');
      }
    }
    throw new Refused(405, 'notSupported', 'unknown selector');
  }

  function act(form: Form): unknown {
    const id = form.fields.get('objectId') ?? '';
    switch (form.fields.get('cmisaction')) {
      case 'createFolder':
        return told(add(form, 'cmis:folder'));
      case 'createDocument':
        return told(add(form, 'cmis:document'));
      case 'update': {
        const changed = require(id);
        const properties = propertiesOf(form);
        checkName(String(properties.get('cmis:name')), changed.parent);
        setProperties(changed, properties);
        return told(changed);
      }
      case 'applyACL': {
        const changed = require(id);
        changeAccess(changed, form);
        return toldAccess(changed);
      }
      case 'delete':
      case 'deleteTree':
        remove(require(id).id);
        return undefined;
      case 'query':
        return page(answerQuery(form.fields.get('statement') ?? ''), form.fields, 'results');
    }
    throw new Refused(405, 'notSupported', 'unknown action');
  }

  function add(form: Form, base: string): Stored {
    const parent = form.fields.get('objectId') ?? '';
    require(parent);
    const properties = propertiesOf(form);
    const definition = types.find((one) => one.id === properties.get('cmis:objectTypeId'));
    if (definition?.baseId !== base) throw new Refused(404, 'objectNotFound', 'unknown type');
    checkName(String(properties.get('cmis:name')), parent);
    const id = `id-${created++}`;
    const system = { 'cmis:objectId': id, 'cmis:baseTypeId': base, 'cmis:creationDate': created };
    const length = form.content ? { 'cmis:contentStreamLength': form.content.length } : {};
    const all = new Map<string, unknown>([
      ['cmis:objectTypeId', definition.id],
      ...Object.entries({ ...system, ...length }),
    ]);
    const access = new Map([...require(parent).access].map(([principal, some]) => [principal, new Set(some)]));
    const stored = { id, parent, base, content: form.content, properties: all, access };
    setProperties(stored, properties);
    changeAccess(stored, form);
    objects.set(id, stored);
    return stored;
  }

  function definitionsOf({ properties }: Stored, given: ReadonlyMap<string, unknown>) {
    const named = given.get(extensible.id) ?? properties.get(extensible.id) ?? [];
    return [properties.get('cmis:objectTypeId'), ...(named as readonly unknown[])].map((id) => {
      const found = types.find((one) => one.id === id);
      if (!found) throw new Refused(404, 'objectNotFound', `unknown type: ${id}`);
      return found.propertyDefinitions;
    });
  }

  /** Properties of the type and of the secondary types; those of a secondary type go with it. */
  function setProperties(stored: Stored, given: ReadonlyMap<string, unknown>): void {
    const definitions = definitionsOf(stored, given);
    for (const [name, value] of given) {
      if (!definitions.some((one) => name in one)) throw new Refused(400, 'invalidArgument', `unknown: ${name}`);
      setProperty(stored, name, value);
    }
    const known = (name: string) => /^cmis:/.test(name) || definitions.some((one) => name in one);
    for (const name of [...stored.properties.keys()]) if (!known(name)) stored.properties.delete(name);
    if (fake.drops === 'secondary types') stored.properties.delete(extensible.id);
  }

  function setProperty({ properties }: Stored, name: string, value: unknown): void {
    const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
    const isKept = fake.drops === 'emptying' || (fake.drops === 'emptying of versions' && value !== '');
    if (!isEmpty) properties.set(name, value);
    else if (!isKept) properties.delete(name);
  }

  function changeAccess({ access }: Stored, form: Form): void {
    if (fake.drops === 'access') return;
    for (const [principal, permission] of entriesOf(form, 'remove')) {
      access.get(principal)?.delete(permission);
      if (access.get(principal)?.size === 0) access.delete(principal);
    }
    for (const [principal, permission] of entriesOf(form, 'add')) {
      access.set(principal, new Set([...(access.get(principal) ?? []), permission]));
    }
  }

  function checkName(name: string, parent: string): void {
    if (name === '' || /[\\/:*?"<>|]/.test(name)) throw new Refused(400, 'invalidArgument', `not allowed: ${name}`);
    if (childrenOf(parent).some((one) => one.properties.get('cmis:name') === name)) {
      throw new Refused(409, 'nameConstraintViolation', `there is one already: ${name}`);
    }
  }

  function answerQuery(statement: string): readonly Stored[] {
    const [, from, column, value, folder] =
      /^SELECT [\w:, ]+ FROM ([\w:]+) WHERE ([\w:]+) = '((?:[^'\\]|\\.)*)'(?: AND IN_FOLDER\('([^']*)'\))?$/s.exec(
        statement,
      ) ?? [];
    if (from === undefined || column === undefined) throw new Refused(400, 'invalidArgument', 'bad statement');
    const wanted = (value ?? '').replace(/\\(.)/gs, '$1');
    return [...objects.values()].filter(
      ({ base, parent, properties }) =>
        (properties.get('cmis:objectTypeId') === from || base === from) &&
        properties.get(column) === wanted &&
        (folder === undefined || parent === folder),
    );
  }

  function page(all: readonly Stored[], parameters: { get(name: string): string | null | undefined }, member: string) {
    const start = Number(parameters.get('skipCount') ?? 0);
    const end = start + Math.min(fake.pageSize, Number(parameters.get('maxItems') ?? 100));
    const some = all.slice(start, end).map((one) => (member === 'objects' ? { object: told(one) } : told(one)));
    return { [member]: some, hasMoreItems: end < all.length };
  }

  function idAt(path: string): string {
    let id = 'root';
    for (const name of path.split('/').filter(Boolean).map(decodeURIComponent)) {
      const found = childrenOf(id).find((one) => one.properties.get('cmis:name') === name);
      if (!found) throw new Refused(404, 'objectNotFound', `unknown path: ${path}`);
      id = found.id;
    }
    return id;
  }

  function require(id: string | null): Stored {
    const found = id === root.id ? root : objects.get(id ?? '');
    if (!found) throw new Refused(404, 'objectNotFound', `unknown object: ${id}`);
    return found;
  }

  function childrenOf(id: string): readonly Stored[] {
    return [...objects.values()].filter(({ parent }) => parent === id);
  }

  /** By the index with the highest number. */
  function documentsIn(id: string): string[] {
    const children = new Map(childrenOf(id).map((one) => [String(one.properties.get('cmis:name')), one.content]));
    const index = [...children.keys()]
      .filter((name) => name.startsWith('scanlot-index') && !name.includes('~scanlot-'))
      .sort();
    const { documents } = JSON.parse(String(children.get(index.at(-1) ?? '')));
    return documents.map(({ name, stored }: { name: string; stored: string }) => {
      const content = children.get(stored) ?? Buffer.from('missing');
      return `${name} ${createHash('sha256').update(content).digest('hex')}`;
    });
  }

  function remove(id: string): void {
    for (const child of childrenOf(id)) remove(child.id);
    objects.delete(id);
  }
}

function told({ properties }: Stored) {
  return { succinctProperties: Object.fromEntries(properties) };
}

function toldAccess({ access }: Stored) {
  return {
    aces: [...access].map(([principalId, permissions]) => ({
      principal: { principalId },
      permissions: [...permissions],
      isDirect: true,
    })),
    isExact: true,
  };
}

interface Form {
  readonly fields: Map<string, string>;
  readonly content: Buffer | undefined;
}

async function readForm(incoming: IncomingMessage): Promise<Form> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const [, boundary] = /boundary=(.+)$/.exec(incoming.headers['content-type'] ?? '') ?? [];
  const mark = Buffer.from(`--${boundary}`);
  const fields = new Map<string, string>();
  let content: Buffer | undefined;
  for (let at = body.indexOf(mark), end = 0; ; at = end) {
    end = body.indexOf(mark, at + mark.length);
    if (end < 0) break;
    const headEnd = body.indexOf('\r\n\r\n', at);
    const [, name] = /name="([^"]*)"/.exec(body.toString('utf8', at, headEnd)) ?? [];
    const value = body.subarray(headEnd + 4, end - 2);
    if (name === 'content') content = Buffer.from(value);
    // Without this part a server takes the values for Latin-1.
    else fields.set(name ?? '', value.toString(name === '_charset_' || fields.has('_charset_') ? 'utf8' : 'latin1'));
  }
  return { fields, content };
}

function propertiesOf({ fields }: Form): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  for (let at = 0; fields.has(`propertyId[${at}]`); at++) {
    const several: string[] = [];
    for (let one = 0; fields.has(`propertyValue[${at}][${one}]`); one++) {
      several.push(fields.get(`propertyValue[${at}][${one}]`) ?? '');
    }
    properties.set(fields.get(`propertyId[${at}]`) ?? '', fields.get(`propertyValue[${at}]`) ?? several);
  }
  return properties;
}

function entriesOf({ fields }: Form, action: string): readonly (readonly [principal: string, permission: string])[] {
  const entries: (readonly [string, string])[] = [];
  for (let at = 0; fields.has(`${action}ACEPrincipal[${at}]`); at++) {
    for (let one = 0; fields.has(`${action}ACEPermission[${at}][${one}]`); one++) {
      const permission = fields.get(`${action}ACEPermission[${at}][${one}]`) ?? '';
      entries.push([fields.get(`${action}ACEPrincipal[${at}]`) ?? '', permission]);
    }
  }
  return entries;
}
