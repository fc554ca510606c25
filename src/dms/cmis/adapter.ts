import { readFile as readDiskFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { text } from '../../shared/language.ts';
import type { DmsAdapter, StoredDocument } from '../adapter.ts';
import { DmsError, reasonOf } from '../errors.ts';
import { checkedKey } from '../object-rules.ts';
import { type Patience, usualPatience } from './back-off.ts';
import { openRepository } from './browser-binding.ts';
import { createObject, duplicate } from './create-object.ts';
import { createHttpClient, type HttpClient, LostAnswer } from './http.ts';
import { readPassword } from './password.ts';
import { describeFile, readDocuments, readFile } from './read-object.ts';
import { Refusal, refusalError, settingsWrong } from './refusal.ts';
import { describeRepository, holdersOf, type Repository } from './repository.ts';
import type { CmisSettings } from './settings.ts';

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
  const work = new Set<Promise<unknown>>();
  let closed = false;
  let http: HttpClient | undefined;
  let opened: Promise<Repository> | undefined;

  const open = (signal: AbortSignal | undefined): Promise<Repository> => {
    // Shared by all calls, so that none of them may end it for the others; each only stops waiting.
    opened ??= connect(options, (client) => {
      http?.close();
      http = client;
    }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return signal ? unlessAborted(opened, signal) : opened;
  };
  /** Runs one call: refused after `close`, waited for by `close`, its failures told as DmsError. */
  const run = async <Result>(signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result> => {
    if (closed)
      throw new DmsError(
        'dms.closed',
        text({ de: 'Die Verbindung ist geschlossen.', en: 'The connection is closed.' }),
      );
    const call = guard(signal, action);
    work.add(call);
    try {
      return await call;
    } finally {
      work.delete(call);
    }
  };

  return {
    name: 'cmis',
    capabilities: { versioning: false, lookUpByKey: true, reportsHash: false, transactions: true, remove: false },
    lookUp: (key, signal) =>
      run(signal, async () => {
        const normal = checkedKey(key).normalize('NFC');
        const repository = await open(signal);
        const { complete } = await holdersOf(repository, normal, signal);
        if (complete.length > 1) throw duplicate(normal, complete);
        const [present] = complete;
        return present && describeFile(await readFile(repository, present.id, signal));
      }),
    create: (object, signal) => run(signal, async () => createObject(await open(signal), object, signal)),
    async *readBack(id, signal) {
      const documents = await run(signal, async () => {
        const repository = await open(signal);
        return readDocuments(repository, await readFile(repository, id, signal), signal);
      });
      for (;;) {
        const next: IteratorResult<StoredDocument> = await run(signal, () => documents.next());
        if (next.done) return;
        yield next.value;
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(work);
      http?.close();
    },
  };
}

async function connect(
  { settings, environment, patience = usualPatience }: CmisAdapterOptions,
  made: (client: HttpClient) => void,
): Promise<Repository> {
  const url = serviceAddress(settings);
  const password = await readPassword(settings, environment);
  const basic = Buffer.from(`${settings.user}:${password}`).toString('base64');
  const http = createHttpClient(`Basic ${basic}`, timeLimits(settings), await trustedCertificates(settings));
  made(http);
  const conceal = (words: string) => words.replaceAll(basic, '***').replaceAll(password, '***');
  const binding = await openRepository({ http, patience, conceal }, url, settings.repository);
  return describeRepository(binding, settings, patience);
}

async function unlessAborted<Result>(waiting: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let giveUp = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** @throws DmsError dms.settings-wrong for an address that is none, or that would carry the password in clear */
function serviceAddress({ url, plainHttp }: CmisSettings): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol) || address.username || address.password) {
    throw settingsWrong(
      text({
        de: 'Die Adresse des DMS ist keine http(s)-Adresse ohne Benutzer und Kennwort.',
        en: 'The address of the DMS is no http(s) address without user and password.',
      }),
    );
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol === 'http:' && !isLocal && plainHttp !== true) {
    throw settingsWrong(
      text({
        de: 'Über http ginge das Kennwort unverschlüsselt durch das Netz: https verwenden, oder „plainHttp“ ausdrücklich erlauben.',
        en: 'By http the password would cross the network unencrypted: use https, or allow "plainHttp" expressly.',
      }),
    );
  }
  return address;
}

function timeLimits({ timeouts = {} }: CmisSettings) {
  const { connectSeconds = 10, idleSeconds = 120, totalSeconds = 3600 } = timeouts;
  return { connect: connectSeconds * 1000, idle: idleSeconds * 1000, total: totalSeconds * 1000 };
}

/** The public certificates and the county's own. */
async function trustedCertificates({ certificateAuthority }: CmisSettings): Promise<readonly string[] | undefined> {
  if (certificateAuthority === undefined) return undefined;
  try {
    return [...rootCertificates, await readDiskFile(certificateAuthority, 'utf8')];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw settingsWrong(
      text({
        de: `Das Zertifikat ${certificateAuthority} ist nicht lesbar (${code}).`,
        en: `The certificate ${certificateAuthority} cannot be read (${code}).`,
      }),
    );
  }
}

/** Lets an abort and our own errors through; what the server refused, and whatever else happens, becomes a DmsError. */
async function guard<Result>(signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result> {
  try {
    signal?.throwIfAborted();
    return await action();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof DmsError) throw cause;
    if (cause instanceof Refusal) throw refusalError(cause);
    const reason = reasonOf(cause);
    const code = cause instanceof LostAnswer ? 'dms.unreachable' : 'dms.store-failed';
    throw new DmsError(
      code,
      text({ de: `Das DMS meldet einen Fehler: ${reason}`, en: `The DMS reports a failure: ${reason}` }),
      { cause },
    );
  }
}
