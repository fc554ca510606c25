import type { DmsAdapter } from '../adapter.ts';
import { createCalls, createShared, unlessAborted } from '../http/calls.ts';
import { checkedKey } from '../object-rules.ts';
import { duplicate } from './conflicts.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { createObject } from './create-object.ts';
import { createDmsService, type Definition, readDefinition } from './dms-service.ts';
import { createOsRest } from './osrest.ts';
import { describeFile, readDocuments, readFile } from './read-object.ts';
import { describeSchema } from './read-schema.ts';
import { refusalCodes } from './refusals.ts';
import { removeObject } from './remove-object.ts';
import { checkTypes, type EnaioRepository, settledHolders } from './repository.ts';
import type { EnaioService } from './service.ts';
import type { EnaioSettings } from './settings.ts';
import { updateObject } from './update-object.ts';

export interface EnaioAdapterOptions extends ConnectionOptions {
  readonly settings: EnaioSettings;
}

/**
 * enaio by its DMS service or by OSRest. A file is a folder or register that holds its documents and an index; it is found
 * by our own key in a field, and a second field tells whether it is complete. Password and types are read at the first
 * call. What is relied on is listed in docs/dms/enaio.md.
 */
export function createEnaioAdapter(options: EnaioAdapterOptions): DmsAdapter {
  const { settings } = options;
  const calls = createCalls(refusalCodes);
  const isDmsService = settings.service === 'dms';
  let definition: Definition | undefined;
  let overloads = 0;
  const connected = createShared(() => connect(options, () => overloads++));
  const define = async (signal: AbortSignal | undefined): Promise<Definition> => {
    const { session, gateway } = await unlessAborted(connected.get(), signal);
    definition = await readDefinition(session, gateway, definition, signal);
    return definition;
  };
  const opened = createShared(async (): Promise<EnaioRepository> => {
    const { session, gateway } = await connected.get();
    const service: EnaioService = isDmsService
      ? createDmsService(session, gateway, (await define(undefined)).types, settings.hardDelete === true)
      : createOsRest(session, gateway);
    checkTypes(service, settings);
    return { service, settings, patience: session.patience, folders: new Map() };
  });
  const open = (signal: AbortSignal | undefined): Promise<EnaioRepository> => unlessAborted(opened.get(), signal);

  return {
    name: 'enaio',
    capabilities: {
      versioning: false,
      lookUpByKey: true,
      reportsHash: false,
      transactions: true,
      update: true,
      remove: isDmsService,
      typesReadable: isDmsService,
    },
    lookUp: (key, signal) =>
      calls.run(signal, async () => {
        const normal = checkedKey(key).normalize('NFC');
        const repository = await open(signal);
        const { complete } = await settledHolders(repository, normal, signal);
        if (complete.length > 1) throw duplicate(normal, complete);
        const [present] = complete;
        return present && describeFile(repository, await readFile(repository, present.object.id, signal), signal);
      }),
    create: (object, signal) => calls.run(signal, async () => createObject(await open(signal), object, signal)),
    update: (id, object, signal) => calls.run(signal, async () => updateObject(await open(signal), id, object, signal)),
    remove: (id, _why, signal) => calls.run(signal, async () => removeObject(await open(signal), id, signal)),
    readBack: (id, signal) =>
      calls.each(signal, async () => {
        const repository = await open(signal);
        return readDocuments(repository, await readFile(repository, id, signal), signal);
      }),
    ...(isDmsService
      ? { readSchema: (signal) => calls.run(signal, async () => describeSchema(await define(signal), settings)) }
      : {}),
    overloads: () => overloads,
    async close() {
      await calls.close();
      (await connected.made())?.http.close();
    },
  };
}
