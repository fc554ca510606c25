import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { received } from '../../src/dms/http/received.ts';
import { noise } from './documents.ts';

const bytes = Buffer.from(noise(3_000_000));
const sha256 = createHash('sha256').update(bytes).digest('hex');

let server: Server;
let answer: (response: ServerResponse) => void;
let isOver: Promise<void>;
beforeEach(async () => {
  server = createServer((_, response) => {
    isOver = new Promise((resolve) => response.once('close', () => resolve()));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const get = () =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ host: '127.0.0.1', port, agent: false }, resolve).on('error', reject).end();
  });

it('hashes every byte, and tells how many there were', async () => {
  answer = (response) => response.end(bytes);
  expect(await received(await get(), undefined).digest()).toEqual({ size: bytes.length, sha256 });
});

it('gives all of what is not longer than expected', async () => {
  answer = (response) => response.end(bytes);
  // Comparing it item by item would take seconds.
  expect((await received(await get(), undefined).whole(bytes.length))?.equals(bytes)).toBe(true);
});

it('does not fetch to its end what is longer than expected', async () => {
  // It goes on as long as somebody listens.
  answer = (response) => {
    const send = () => response.write(bytes, (error) => error ?? send());
    send();
  };
  expect(await received(await get(), undefined).whole(bytes.length)).toBeUndefined();
  await isOver;
});

it.each(['digest', 'whole'] as const)('does not take what was cut off for the content: %s', async (method) => {
  answer = (response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 1_000_000), () => response.destroy());
  };
  await expect(received(await get(), undefined)[method](1e9)).rejects.toMatchObject({ code: 'dms.unreachable' });
});

it('tells an interruption by its reason', async () => {
  answer = (response) => void response.write(bytes);
  const abort = new AbortController();
  const message = await get();
  const reading = received(message, abort.signal).digest();
  abort.abort(new Error('enough'));
  message.destroy(new Error('given up'));
  await expect(reading).rejects.toThrow('enough');
});
