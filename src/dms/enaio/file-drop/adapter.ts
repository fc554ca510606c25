import { join } from 'node:path';
import { text } from '../../../shared/language.ts';
import type { DmsAdapter, DmsObject, NewObject, StoredDocument } from '../../adapter.ts';
import { DmsError, type DmsErrorCode, notSupported } from '../../errors.ts';
import type { Patience } from '../../http/back-off.ts';
import { createCalls, createShared, unlessAborted } from '../../http/calls.ts';
import { diskOperations, type FileOperations } from '../../ocfl/file-operations.ts';
import { refusalCodes } from '../refusals.ts';
import { contentOf, type DropPlaces, isThere, layDown, placesOf, publish, putAside, sizeOf, sweep } from './drop.ts';
import { type DropOutline, outlineOf, readOutline } from './outline.ts';
import { dropName, planDrop } from './plan.ts';
import { openReader } from './reader.ts';
import { writeText, writeXml } from './record.ts';
import type { FileDropSettings } from './settings.ts';
import { readVerdict, type Verdict } from './verdict.ts';

export interface FileDropOptions {
  readonly settings: FileDropSettings;
  /** Where SCANLOT_DMS_PASSWORD is looked for, if the DMS service is there to read back. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly patience?: Patience;
  readonly disk?: FileOperations;
}

/**
 * enaio's automatic import: documents and a file with their data are laid into a folder, and the import's logs are read.
 * These prove that records were taken, not that the bytes are the accepted ones; for that the documents are read back by
 * the DMS service, where the settings name its address. Without it nothing is confirmed.
 */
export function createFileDropAdapter({ settings, disk = diskOperations, ...access }: FileDropOptions): DmsAdapter {
  const calls = createCalls(refusalCodes);
  const root = settings.dropFolder;
  const ending = settings.dropFormat === 'xml' ? 'xml' : 'txt';
  const reader = createShared(async () => {
    const { url, user } = settings;
    return url === undefined || user === undefined
      ? undefined
      : openReader({ ...access, settings: { ...settings, url, user } });
  });

  async function create(object: NewObject, signal: AbortSignal | undefined): Promise<{ id: string }> {
    if (!(await isThere(root))) throw noFolder(root);
    const name = dropName(object.key);
    const places = placesOf(root, name, ending);
    const plan = planDrop(object, settings, seenByEnaio(settings, name));
    if (await isFree(name, places)) {
      const { records, columns, documents, index } = plan;
      const summary = await sizeOf(places.summary);
      const data = ending === 'xml' ? writeXml(records, columns, settings) : writeText(records, columns);
      const files = new Map([
        [places.index, index],
        [places.outline, Buffer.from(`${JSON.stringify(outlineOf(plan, summary), null, 2)}\n`)],
        [places.data, data],
      ]);
      await layDown(root, { documents, files }, places.folder, disk, signal);
    }
    const present = await contentOf(places.index);
    if (!present?.equals(plan.index)) throw differs(object.key);
    await publish(root, places, disk);
    return { id: name };
  }

  /** A drop of which enaio took nothing makes room for another attempt. */
  async function isFree(name: string, places: DropPlaces): Promise<boolean> {
    const outline = await readOutline(places, name);
    if (!outline) return true;
    if (!isRefused(await readVerdict(places, name, outline))) return false;
    await putAside(root, name, places, disk);
    return true;
  }

  async function readBack(
    name: string,
    signal: AbortSignal | undefined,
  ): Promise<AsyncGenerator<StoredDocument, void>> {
    const places = placesOf(root, name, ending);
    const outline = /[\\/]/.test(name) ? undefined : await readOutline(places, name);
    if (!outline) throw missing(name);
    requireTaken(name, await readVerdict(places, name, outline));
    const present = await unlessAborted(reader.get(), signal);
    if (!present) throw notProvable(name);
    return present.read(name, outline, signal);
  }

  async function lookUp(name: string): Promise<DmsObject | undefined> {
    const places = placesOf(root, name, ending);
    const outline = await readOutline(places, name);
    if (!outline) return undefined;
    // What is incomplete is stored again: that is how a refused drop makes room for another attempt.
    const isComplete = !(await isThere(places.data)) && !isRefused(await readVerdict(places, name, outline));
    return describe(name, outline, isComplete);
  }

  return {
    name: 'enaio',
    capabilities: {
      versioning: false,
      lookUpByKey: true,
      reportsHash: false,
      transactions: true,
      update: false,
      remove: false,
      typesReadable: false,
    },
    settle: (signal) => calls.run(signal, () => sweep(root, disk)),
    lookUp: (key, signal) => calls.run(signal, () => lookUp(dropName(key))),
    create: (object, signal) => calls.run(signal, () => create(object, signal)),
    update: (_id, _object, signal) => calls.run(signal, async () => Promise.reject(notSupported('enaio file-drop'))),
    remove: (_id, _why, signal) => calls.run(signal, async () => Promise.reject(notSupported('enaio file-drop'))),
    readBack: (id, signal) => calls.each(signal, () => readBack(id, signal)),
    async close() {
      await calls.close();
      (await reader.made())?.close();
    },
  };
}

/** enaio took nothing of it. */
function isRefused({ isWaiting, taken, refused }: Verdict): boolean {
  return !isWaiting && taken.size === 0 && refused.size > 0;
}

function describe(id: string, { documents }: DropOutline, isComplete: boolean): DmsObject {
  return {
    id,
    complete: isComplete,
    documents: documents.map(({ name }) => ({ name, size: null, sha256: null })),
  };
}

/** The folder of a drop as the machine with the import names it, with a separator behind it. */
function seenByEnaio({ dropFolder, dropFolderInEnaio }: FileDropSettings, name: string): string {
  if (dropFolderInEnaio === undefined) return join(dropFolder, 'scanlot', name, '/');
  const slash = dropFolderInEnaio.includes('\\') ? '\\' : '/';
  return [dropFolderInEnaio.replace(/[\\/]+$/, ''), 'scanlot', name, ''].join(slash);
}

function requireTaken(name: string, { isWaiting, refused, vanished }: Verdict): void {
  if (isWaiting) {
    throw failure('dms.object-busy', {
      de: `Der Import von enaio hat „${name}“ noch nicht übernommen.`,
      en: `enaio's import has not taken "${name}" yet.`,
    });
  }
  if (refused.size > 0) {
    throw failure('dms.value-refused', {
      de: (format) =>
        `Der Import von enaio hat ${format.counted(refused.size, 'Datensatz', 'Datensätze')} von „${name}“ als fehlerhaft zurückgewiesen.`,
      en: (format) =>
        `enaio's import has refused ${format.counted(refused.size, 'record', 'records')} of "${name}" as faulty.`,
    });
  }
  if (vanished.size > 0) {
    throw failure('dms.object-damaged', {
      de: (format) =>
        `In keinem Protokoll des Imports, also stillschweigend übergangen: ${format.counted(vanished.size, 'Datensatz', 'Datensätze')} von „${name}“.`,
      en: (format) =>
        `In no log of the import, so passed over in silence: ${format.counted(vanished.size, 'record', 'records')} of "${name}".`,
    });
  }
}

function notProvable(name: string): DmsError {
  return failure('dms.not-supported', {
    de: `Das Protokoll sagt, dass enaio „${name}“ übernommen hat; die Bytes beweist es nicht. Zum Rücklesen „url“ und „user“ des DMS-Service angeben.`,
    en: `The log says that enaio has taken "${name}"; it does not prove the bytes. To read them back give "url" and "user" of the DMS service.`,
  });
}

/** Made anew it would be a folder that no import looks into, where a share was not mounted. */
function noFolder(path: string): DmsError {
  return failure('dms.settings-wrong', {
    de: `Den Ordner ${path} gibt es nicht, in dem der Import von enaio die Akten sucht: Ist das Netzlaufwerk verbunden?`,
    en: `There is no folder ${path}, in which enaio's import looks for files: is the network share mounted?`,
  });
}

function differs(key: string): DmsError {
  return failure('dms.object-differs', {
    de: `Die Akte „${key}“ liegt schon mit anderem Inhalt für den Import bereit oder ist importiert.`,
    en: `File "${key}" has been laid down for the import, or imported, with other content.`,
  });
}

function missing(name: string): DmsError {
  return failure('dms.object-missing', {
    de: `Für den Import liegt keine Akte „${name}“ bereit.`,
    en: `No file "${name}" was laid down for the import.`,
  });
}

function failure(code: DmsErrorCode, words: Parameters<typeof text>[0]): DmsError {
  return new DmsError(code, text(words));
}
