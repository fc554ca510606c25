import { text } from '../../shared/language.ts';
import { isRecord, readJson, throwIfOverloaded } from '../http/answer.ts';
import { type Patience, persist } from '../http/back-off.ts';
import type { HttpClient } from '../http/client.ts';
import type { Content } from '../http/multipart.ts';
import { type Received, received } from '../http/received.ts';
import { isRefusal, settingsWrong } from '../http/refusal.ts';
import type { AccessEntry, MappedAccess } from '../mapping/mapped-object.ts';
import { type AccessControl, accessFields, readAccessControl, readEntries, type ToldEntry } from './access-control.ts';
import { allPages, type CmisObject, readPage, refusalOf, requireObject, unusable } from './answers.ts';
import { browserForm } from './multipart.ts';
import { readTypeDefinition, readTypeTree, type TypeDefinition } from './type-definition.ts';

/** Property id → value or values, as the Browser Binding writes them. */
export type PropertyValues = ReadonlyMap<string, string | readonly string[]>;

/** What an object is created with. */
export interface NewCmisObject {
  readonly properties: PropertyValues;
  /** Entries for its access control list beside those that it gets by its place. */
  readonly grant: readonly AccessEntry[];
}

type Signal = AbortSignal | undefined;

/**
 * The requests of CMIS 1.1's Browser Binding (section 5) that an import needs. What only reads is repeated when its
 * answer is lost; what creates or changes is sent once and throws `LostAnswer`: its caller has to find out.
 */
export interface BrowserBinding {
  readonly rootId: string;
  /** What the repository says it is; null where it does not tell. */
  readonly product: { readonly name: string | null; readonly version: string | null };
  readonly access: AccessControl;
  type(id: string): Promise<TypeDefinition | undefined>;
  /** All types of the repository, with their properties. */
  types(signal: Signal): Promise<readonly TypeDefinition[]>;
  object(id: string, signal: Signal): Promise<CmisObject | undefined>;
  objectByPath(path: string, signal: Signal): Promise<CmisObject | undefined>;
  /** All of them, however many pages. @throws Refusal objectNotFound */
  children(folderId: string, signal: Signal): Promise<readonly CmisObject[]>;
  query(statement: string, signal: Signal): Promise<readonly CmisObject[]>;
  /** The content of a document; nothing is repeated once its first bytes have come. */
  content(id: string, signal: Signal): Promise<Received>;
  createFolder(parentId: string, created: NewCmisObject, signal: Signal): Promise<CmisObject>;
  createDocument(
    parentId: string,
    created: NewCmisObject,
    content: Content,
    versioningState: string,
    signal: Signal,
  ): Promise<CmisObject>;
  /** @returns the object's properties afterwards, as far as the server tells them */
  update(id: string, properties: PropertyValues, signal: Signal): Promise<CmisObject['properties']>;
  /** The access control list of an object. */
  accessEntries(id: string, signal: Signal): Promise<readonly ToldEntry[]>;
  /** Grants and withdraws; what is done already is done. */
  changeAccess(id: string, change: MappedAccess, signal: Signal): Promise<void>;
  /** Removes a document in all its versions; done already is done. */
  remove(id: string, signal: Signal): Promise<void>;
  /** Removes a folder with all that is in it; done already is done. */
  deleteTree(id: string, signal: Signal): Promise<void>;
}

export interface Server {
  readonly http: HttpClient;
  readonly patience: Patience;
  /** Takes secrets out of a server's words. */
  conceal(words: string): string;
}

/** All properties, those of secondary types among them: without a filter a server chooses what it tells. */
const told = { succinct: 'true', filter: '*' };
const pageSize = 100;

/**
 * Opens a repository by its service document (section 5.3.1).
 * @throws DmsError dms.settings-wrong when there is none of that id
 */
export async function openRepository(
  server: Server,
  serviceUrl: URL,
  repository: string | undefined,
): Promise<BrowserBinding> {
  const repositories = await persist(() => get(server, serviceUrl, undefined), server.patience, undefined);
  if (!isRecord(repositories)) throw unusable('the service document');
  const ids = Object.keys(repositories);
  const id = repository ?? (ids.length === 1 ? ids[0] : undefined);
  const information = id === undefined || !Object.hasOwn(repositories, id) ? undefined : repositories[id];
  if (!isRecord(information)) {
    throw settingsWrong(
      text({
        de: `Das DMS bietet kein Repository „${id ?? ''}“, sondern: ${ids.join(', ')}.`,
        en: `The DMS offers no repository "${id ?? ''}", but: ${ids.join(', ')}.`,
      }),
    );
  }
  return bind(server, {
    repository: ownAddress(serviceUrl, information.repositoryUrl),
    root: ownAddress(serviceUrl, information.rootFolderUrl),
    rootId: String(information.rootFolderId),
    product: { name: textOrNull(information.productName), version: textOrNull(information.productVersion) },
    access: readAccessControl(information),
  });
}

/** Servers behind a proxy name themselves wrongly, and a password goes to nobody but the server that was configured. */
function ownAddress(serviceUrl: URL, told: unknown): URL {
  if (typeof told !== 'string' || !URL.canParse(told)) throw unusable('the service document');
  return new URL(new URL(told).pathname, serviceUrl);
}

interface Places extends Pick<BrowserBinding, 'rootId' | 'product' | 'access'> {
  readonly repository: URL;
  readonly root: URL;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function bind(server: Server, { repository, root, ...described }: Places): BrowserBinding {
  const read = (url: URL, signal: Signal) => persist(() => get(server, url, signal), server.patience, signal);
  const orAbsent = async <Result>(reading: Promise<Result>): Promise<Result | undefined> => {
    try {
      return await reading;
    } catch (error) {
      if (isRefusal(error, 'objectNotFound')) return undefined;
      throw error;
    }
  };
  const object = (url: URL, signal: Signal) => orAbsent(read(url, signal).then(requireObject));
  return {
    ...described,
    types: async (signal) => {
      const all = { depth: '-1', includePropertyDefinitions: 'true' };
      return readTypeTree(await read(select(repository, 'typeDescendants', all), signal));
    },
    type: async (id) =>
      readTypeDefinition(await orAbsent(read(select(repository, 'typeDefinition', { typeId: id }), undefined))),
    object: (id, signal) => object(select(root, 'object', { objectId: id, ...told }), signal),
    objectByPath: (path, signal) => object(select(below(root, path), 'object', told), signal),
    children: (folderId, signal) =>
      allPages(async (skipCount) => {
        const page = { objectId: folderId, maxItems: String(pageSize), skipCount: String(skipCount), ...told };
        return readPage(await read(select(root, 'children', page), signal), 'objects');
      }),
    query: (statement, signal) =>
      allPages(async (skipCount) => {
        const fields = [
          ['cmisaction', 'query'],
          ['statement', statement],
          ['searchAllVersions', 'false'],
          ['maxItems', String(pageSize)],
          ['skipCount', String(skipCount)],
          ['succinct', 'true'],
        ] as const;
        const page = await persist(() => post(server, repository, fields, signal), server.patience, signal);
        return readPage(page, 'results');
      }),
    content: (id, signal) => contentOf(server, select(root, 'content', { objectId: id }), signal),
    createFolder: async (parentId, created, signal) => {
      const fields = [...action('createFolder', parentId), ...fieldsOfNew(created)];
      return requireObject(await post(server, root, fields, signal));
    },
    createDocument: async (parentId, created, content, versioningState, signal) => {
      const fields = [
        ...action('createDocument', parentId),
        ...fieldsOfNew(created),
        ['versioningState', versioningState] as const,
      ];
      return requireObject(await post(server, root, fields, signal, content));
    },
    update: async (id, properties, signal) => {
      const answer = await post(server, root, [...action('update', id), ...propertyFields(properties)], signal);
      return isRecord(answer) && isRecord(answer.succinctProperties) ? answer.succinctProperties : {};
    },
    accessEntries: async (id, signal) => {
      const all = { objectId: id, onlyBasicPermissions: 'false' };
      const entries = readEntries(await read(select(root, 'acl', all), signal));
      if (!entries) throw unusable('an access control list');
      return entries;
    },
    changeAccess: async (id, { grant, withdraw }, signal) => {
      const fields = [...action('applyACL', id), ...accessFields('add', grant), ...accessFields('remove', withdraw)];
      await persist(() => post(server, root, fields, signal), server.patience, signal);
    },
    remove: async (id, signal) => {
      const fields = [...action('delete', id), ['allVersions', 'true'] as const];
      await orAbsent(persist(() => post(server, root, fields, signal), server.patience, signal));
    },
    deleteTree: async (id, signal) => {
      const fields = [
        ...action('deleteTree', id),
        ['allVersions', 'true'] as const,
        ['continueOnFailure', 'true'] as const,
      ];
      await orAbsent(persist(() => post(server, root, fields, signal), server.patience, signal));
    },
  };
}

type Fields = readonly (readonly [name: string, value: string])[];

function action(name: string, objectId: string): Fields {
  return [
    ['cmisaction', name],
    ['objectId', objectId],
    ['succinct', 'true'],
  ];
}

function fieldsOfNew({ properties, grant }: NewCmisObject): Fields {
  return [...propertyFields(properties), ...accessFields('add', grant)];
}

/** Section 5.4.4.3.9: propertyId[n] with propertyValue[n], or propertyValue[n][m] where there are several. */
function propertyFields(properties: PropertyValues): Fields {
  return [...properties].flatMap<readonly [string, string]>(([id, value], at) => [
    [`propertyId[${at}]`, id] as const,
    ...(typeof value === 'string'
      ? [[`propertyValue[${at}]`, value] as const]
      : value.map((one, index) => [`propertyValue[${at}][${index}]`, one] as const)),
  ]);
}

function select(url: URL, selector: string, parameters: Readonly<Record<string, string>>): URL {
  const selected = new URL(url);
  for (const [name, value] of Object.entries({ cmisselector: selector, ...parameters })) {
    selected.searchParams.set(name, value);
  }
  return selected;
}

function below(root: URL, path: string): URL {
  const segments = path.split('/').filter((segment) => segment !== '');
  return new URL([root.pathname, ...segments.map(encodeURIComponent)].join('/'), root);
}

async function get(server: Server, url: URL, signal: Signal): Promise<unknown> {
  return readJson(await server.http.exchange({ method: 'GET', url, signal }), server.conceal, refusalOf);
}

async function post(server: Server, url: URL, fields: Fields, signal: Signal, content?: Content): Promise<unknown> {
  const body = browserForm(fields, content);
  return readJson(await server.http.exchange({ method: 'POST', url, body, signal }), server.conceal, refusalOf);
}

async function contentOf(server: Server, url: URL, signal: Signal): Promise<Received> {
  const message = await persist(
    async () => {
      const answer = await server.http.exchange({ method: 'GET', url, signal });
      throwIfOverloaded(answer);
      return answer;
    },
    server.patience,
    signal,
  );
  if (message.statusCode !== 200) {
    await readJson(message, server.conceal, refusalOf);
    throw unusable('the content');
  }
  return received(message, signal);
}
