import type { DmsAdapter } from '../adapter.ts';
import { type AccountOptions, openAccount } from '../http/account.ts';
import { type Patience, usualPatience } from '../http/back-off.ts';
import { createCalls, createShared, unlessAborted } from '../http/calls.ts';
import { checkedKey } from '../object-rules.ts';
import { openRepository } from './browser-binding.ts';
import { createObject, duplicate } from './create-object.ts';
import { describeFile, readDocuments, readFolder } from './read-object.ts';
import { readCmisSchema } from './read-schema.ts';
import { refusalCodes } from './refusal-codes.ts';
import { removeObject } from './remove-object.ts';
import { describeRepository, holdersOf, type Repository } from './repository.ts';
import type { CmisSettings } from './settings.ts';
import { updateObject } from './update-object.ts';

export interface CmisAdapterOptions extends AccountOptions {
  readonly settings: CmisSettings;
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
  const { settings, patience = usualPatience } = options;
  let overloads = 0;
  const account = createShared(() => openAccount(options, () => overloads++));
  const bound = createShared(async () => {
    const { address, http, conceal } = await account.get();
    return openRepository({ http, patience, conceal }, address, settings.repository);
  });
  const opened = createShared(async () => describeRepository(await bound.get(), settings, patience));
  const open = (signal: AbortSignal | undefined): Promise<Repository> => unlessAborted(opened.get(), signal);

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
    readSchema: (signal) =>
      calls.run(signal, async () => readCmisSchema(await unlessAborted(bound.get(), signal), signal)),
    overloads: () => overloads,
    async close() {
      await calls.close();
      (await account.made())?.http.close();
    },
  };
}
