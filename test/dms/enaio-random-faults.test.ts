import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEnaioAdapter } from '../../src/dms/enaio/adapter.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import type { Fault } from '../support/faulty-proxy.ts';
import { collect, fileOf, writeDocuments } from './documents.ts';
import { canary, type EnaioProxy, enaioOptions, expectSoundArchive, startEnaioProxy } from './enaio-system.ts';

let folder: string;
let server: EnaioServer;
let proxy: EnaioProxy;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-enaio-'));
  server = await startEnaioServer('scanlot', canary);
  proxy = await startEnaioProxy(server.url);
});
afterEach(async () => {
  await proxy.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const faults: readonly Fault[] = [
  { kind: 'lose-answer' },
  { kind: 'cut-answer' },
  { kind: 'cut-request' },
  { kind: 'fail-after', status: 500, body: '{"serviceErrorCode":3003}' },
  { kind: 'fail-after', status: 503 },
  { kind: 'answer', status: 503, retryAfter: '0' },
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 401 },
  { kind: 'answer', status: 422, body: '{"failed":[{"message":"no"}]}' },
  { kind: 'falsify' },
  { kind: 'shorten' },
  { kind: 'delay', milliseconds: 3 },
];
/** More than any run needs. */
const mostAttempts = 40;

/** The same numbers for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

it.each([...Array(12).keys()])(
  'loses nothing and doubles nothing when every eighth request goes wrong (%i)',
  async (seed) => {
    const throwDice = dice(seed + 1);
    proxy.judge = () => (throwDice(8) === 0 ? faults[throwDice(faults.length)] : undefined);
    const service = seed % 2 === 0 ? 'dms' : 'osrest';
    const keys = ['A 1', 'A 2', 'A 3'];
    const objects = await Promise.all(
      keys.map(async (key) =>
        fileOf(key, await writeDocuments(join(folder, key), { 'a.pdf': `a of ${key}`, 'b.pdf': `b of ${key}` })),
      ),
    );
    await Promise.all(
      objects.map(async (object) => {
        const adapter = createEnaioAdapter(enaioOptions(proxy.url, { service }));
        for (let attempt = 0; ; attempt++) {
          try {
            const { id } = await adapter.create(object);
            const stored = await collect(adapter.readBack(id));
            // Only what was read back counts; a lie on the way is noticed, and the reading repeated.
            expect(stored.map(({ sha256 }) => sha256)).toEqual(object.documents.map(({ sha256 }) => sha256));
            break;
          } catch (error) {
            if (attempt === mostAttempts) throw error;
          }
        }
        await adapter.close();
      }),
    );
    expectSoundArchive(server, keys);
  },
);
