import type { DmsAdapter } from '../adapter.ts';
import { type Patience, usualPatience } from '../http/back-off.ts';
import { createCalls, unlessAborted } from '../http/calls.ts';
import { createHttpClient, type HttpClient } from '../http/client.ts';
import { routeOf, serviceAddress } from '../http/connection.ts';
import { readPassword } from '../http/password.ts';
import { checkedKey } from '../object-rules.ts';
import { type BrowserBinding, openRepository } from './browser-binding.ts';
import { createObject, duplicate } from './create-object.ts';
import { describeFile, readDocuments, readFolder } from './read-object.ts';
import { readCmisSchema } from './read-schema.ts';
import { refusalCodes } from './refusal-codes.ts';
import { removeObject } from './remove-object.ts';
import { describeRepository, holdersOf, type Repository } from './repository.ts';
import type { CmisSettings } from './settings.ts';
import { updateObject } from './update-object.ts';

export interface CmisAdapterOptions {
  readonly settings: CmisSettings;
  /** Where SCANLOT_DMS_PASSWORD is looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long an overloaded or unreachable server is asked again. */
  readonly patience?: Patience;
}

/**
 * A repository that speaks CMIS 1.1 by the Browser Binding (OASIS CMIS 1.1, section 5). A file is a folder that holds its
 * documents and an index; it is found by our own key in a property of the folder. Password, types and folders are
 * read at the first call.
 */
export function createCmisAdapter(options: CmisAdapterOptions): DmsAdapter {
  const calls = createCalls(refusalCodes);
  let http: HttpClient | undefined;
  let connected: Promise<BrowserBinding> | undefined;
  let opened: Promise<Repository> | undefined;
  let overloads = 0;

  // Both are shared by all calls, so that none of them may end it for the others; each only stops waiting.
  const bind = (): Promise<BrowserBinding> => {
    const made = (client: HttpClient): HttpClient => {
      http?.close();
      http = client;
      return counting(client, () => overloads++);
    };
    connected ??= connect(options, made).catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    return connected;
  };
  const open = (signal: AbortSignal | undefined): Promise<Repository> => {
    opened ??= bind()
      .then((binding) => describeRepository(binding, options.settings, options.patience ?? usualPatience))
      .catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
    return unlessAborted(opened, signal);
  };

  return {
    name: 'cmis',
    capabilities: {
      versioning: false,
      lookUpByKey: true,
      reportsHash: false,
      transactions: true,
      update: true,
      remove: true,
      typesReadable: true,
      extensions: true,
    },
    lookUp: (key, signal) =>
      calls.run(signal, async () => {
        const normal = checkedKey(key).normalize('NFC');
        const repository = await open(signal);
        const { complete } = await holdersOf(repository, normal, signal);
        if (complete.length > 1) throw duplicate(normal, complete);
        const [present] = complete;
        return present && describeFile(await readFolder(repository, present.id, signal));
      }),
    create: (object, signal) => calls.run(signal, async () => createObject(await open(signal), object, signal)),
    update: (id, object, signal) => calls.run(signal, async () => updateObject(await open(signal), id, object, signal)),
    remove: (id, _why, signal) => calls.run(signal, async () => removeObject(await open(signal), id, signal)),
    readBack: (id, signal) =>
      calls.each(signal, async () => {
        const repository = await open(signal);
        return readDocuments(repository, await readFolder(repository, id, signal), signal);
      }),
    readSchema: (signal) => calls.run(signal, async () => readCmisSchema(await unlessAborted(bind(), signal), signal)),
    overloads: () => overloads,
    async close() {
      await calls.close();
      http?.close();
    },
  };
}

async function connect(
  { settings, environment, patience = usualPatience }: CmisAdapterOptions,
  made: (client: HttpClient) => HttpClient,
): Promise<BrowserBinding> {
  const url = serviceAddress(settings);
  const password = await readPassword(settings, environment);
  const basic = Buffer.from(`${settings.user}:${password}`).toString('base64');
  const http = made(createHttpClient(`Basic ${basic}`, await routeOf(settings, environment)));
  const conceal = (words: string) => words.replaceAll(basic, '***').replaceAll(password, '***');
  return openRepository({ http, patience, conceal }, url, settings.repository);
}

/** Tells of answers that ask for less. */
function counting(http: HttpClient, onOverload: () => void): HttpClient {
  return {
    ...http,
    exchange: async (request) => {
      const answer = await http.exchange(request);
      if (answer.statusCode === 429 || answer.statusCode === 503) onOverload();
      return answer;
    },
  };
}
