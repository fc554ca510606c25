import { createConnection, type Socket } from 'node:net';
import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { contentPieces } from '../read-content.ts';
import type { Engine, EngineFile, EngineJudgement } from './engine.ts';

/** Where a clamd listens: a path of a socket, or host and port. */
type Address = { readonly path: string } | { readonly host: string; readonly port: number };

const idleMs = 120_000;
const longestReply = 4096;

/**
 * The virus scanner ClamAV through its service clamd (protocol INSTREAM of clamd(8)): bytes go to it as they are read,
 * from zip files too. Nothing is written.
 * @param socket "/run/clamav/clamd.ctl" or "host:port"
 * @throws UsageError when no clamd answers there
 */
export async function createClamav(socket: string): Promise<Engine> {
  const address = readAddress(socket);
  let version: string;
  try {
    version = await ask(address, 'zVERSION\0');
  } catch (error) {
    throw noScanner(socket, error);
  }
  if (!version.startsWith('ClamAV')) throw noScanner(socket, undefined);
  return {
    description: version.split('/')[0] ?? version,
    wants: () => true,
    async *judge(files, signal) {
      for (const file of files) {
        signal?.throwIfAborted();
        yield await judgeFile(address, file, signal);
      }
    },
  };
}

function readAddress(socket: string): Address {
  const match = /^(\[[^\]]+\]|[^:/\\]+):(\d{1,5})$/.exec(socket);
  return match ? { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match[2]) } : { path: socket };
}

function noScanner(socket: string, cause: unknown): UsageError {
  const error = new UsageError(
    'clamav.missing',
    text({
      de: `Unter „${socket}“ antwortet kein Virenscanner (clamd).`,
      en: `No virus scanner (clamd) answers at "${socket}".`,
    }),
    text({
      de: 'clamd starten, oder seinen Socket angeben: --virus-scan /run/clamav/clamd.ctl oder --virus-scan 127.0.0.1:3310.',
      en: 'Start clamd, or name its socket: --virus-scan /run/clamav/clamd.ctl or --virus-scan 127.0.0.1:3310.',
    }),
  );
  error.cause = cause;
  return error;
}

async function judgeFile(
  address: Address,
  { path, location }: EngineFile,
  signal: AbortSignal | undefined,
): Promise<EngineJudgement> {
  try {
    const reply = await ask(address, 'zINSTREAM\0', framed(contentPieces(location, signal)));
    return { path, observations: observationsOf(reply) };
  } catch (error) {
    signal?.throwIfAborted();
    return { path, observations: [notScanned(error instanceof Error ? error.message : String(error))] };
  }
}

/** "stream: OK", "stream: Win.Test.EICAR_HDB-1 FOUND", "INSTREAM size limit exceeded. ERROR". */
function observationsOf(reply: string): readonly Observation[] {
  if (reply === 'stream: OK') return [];
  const signature = /^stream: (.+) FOUND$/.exec(reply)?.[1];
  return [signature === undefined ? notScanned(reply) : observe('virus.found', { signature })];
}

function notScanned(reason: string): Observation {
  return observe('virus.not-scanned', { reason: reason.replace(/\.?\s*ERROR$/, '').slice(0, 300) });
}

/** Each piece behind its length, four bytes in network order; a length of zero ends the stream. */
async function* framed(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    yield length;
    yield piece;
  }
  yield Buffer.alloc(4);
}

/** Sends one command and takes the reply, which ends with a zero byte or the connection. */
async function ask(address: Address, command: string, body?: AsyncIterable<Buffer>): Promise<string> {
  const socket = createConnection(address);
  socket.setTimeout(idleMs, () => socket.destroy(new Error('clamd does not answer')));
  const reply = readReply(socket);
  // A failure while sending is told by the reply: clamd answers before it hangs up on a stream that is too long.
  const sent = send(socket, command, body);
  try {
    const [words] = await Promise.all([reply, sent]);
    return words;
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, command: string, body: AsyncIterable<Buffer> | undefined): Promise<void> {
  socket.write(command);
  for await (const piece of body ?? []) {
    if (socket.destroyed || socket.readableEnded) return;
    if (!socket.write(piece)) await drained(socket);
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'end'] as const) socket.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'end'] as const) socket.on(event, done);
  });
}

function readReply(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    const finish = () =>
      words === '' ? reject(new Error('clamd hung up')) : resolve(words.split('\0')[0]?.trim() ?? '');
    socket.on('data', (piece: Buffer) => {
      words += piece.toString('utf8');
      if (words.includes('\0') || words.length > longestReply) finish();
    });
    socket.on('error', (error) => (words === '' ? reject(error) : finish()));
    socket.on('end', finish);
    socket.on('close', finish);
  });
}
