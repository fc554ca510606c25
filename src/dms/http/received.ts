import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { lost } from './client.ts';
import { makeRoom } from './heap-room.ts';

/** Content as it comes from a server. It is read once, and to its end. */
export interface Received {
  /** SHA-256 in lower-case hex, of bytes that are not kept. */
  digest(): Promise<{ readonly size: number; readonly sha256: string }>;
  /** @returns undefined when there are more bytes than so many */
  whole(most: number): Promise<Buffer | undefined>;
}

/** @throws from its methods: DmsError dms.unreachable when the connection breaks off; the signal's reason */
export function received(message: IncomingMessage, signal: AbortSignal | undefined): Received {
  return {
    digest: async () => {
      makeRoom();
      const hash = createHash('sha256');
      let size = 0;
      await eachPiece(message, signal, (bytes) => {
        hash.update(bytes);
        size += bytes.length;
      });
      return { size, sha256: hash.digest('hex') };
    },
    whole: async (most) => {
      const pieces: Uint8Array[] = [];
      let size = 0;
      try {
        await eachPiece(message, signal, (bytes) => {
          size += bytes.length;
          if (size > most) message.destroy();
          else pieces.push(bytes);
        });
      } catch (error) {
        if (size <= most) throw error;
      }
      return size > most ? undefined : Buffer.concat(pieces);
    },
  };
}

/** By events: iterating over a stream would join what came meanwhile, and so copy it once more. */
async function eachPiece(
  message: IncomingMessage,
  signal: AbortSignal | undefined,
  take: (bytes: Uint8Array) => void,
): Promise<void> {
  message.on('data', take);
  try {
    await finished(message);
  } catch (cause) {
    signal?.throwIfAborted();
    const { message: words } = lost(cause);
    throw new DmsError(
      'dms.unreachable',
      text({
        de: `Die Verbindung zum DMS ist abgerissen: ${words}`,
        en: `The connection to the DMS broke off: ${words}`,
      }),
      { cause },
    );
  }
}
