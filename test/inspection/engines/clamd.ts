import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** What EICAR publishes for testing scanners, in two parts, so that no scanner takes this file for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export type ClamdMood = 'well' | 'hangs-up' | 'limited';

/** A clamd on loopback that follows clamd(8): zVERSION and zINSTREAM, each reply ended by a zero byte. */
export async function startClamd(
  mood: () => ClamdMood = () => 'well',
): Promise<{ address: string; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let bytes = Buffer.alloc(0);
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      const end = bytes.indexOf(0);
      if (end < 0) return;
      const command = bytes.subarray(0, end).toString();
      if (command === 'zVERSION') socket.end('ClamAV 1.4.1/27500/Mon Mar  1 10:00:00 2021\0');
      if (command === 'zINSTREAM') answer(socket, bytes.subarray(end + 1), mood());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function answer(socket: Socket, stream: Buffer, mood: ClamdMood): void {
  if (mood === 'hangs-up') return void socket.destroy();
  if (mood === 'limited' && stream.length > 1000) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
  const content: Buffer[] = [];
  for (let at = 0; at + 4 <= stream.length; ) {
    const length = stream.readUInt32BE(at);
    if (length === 0) {
      const found = Buffer.concat(content).includes(eicar);
      return void socket.end(found ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
    }
    content.push(stream.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
}
