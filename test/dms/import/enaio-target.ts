import { createHash } from 'node:crypto';
import type { Random } from '../../../scripts/generators/random.ts';
import { createEnaioAdapter } from '../../../src/dms/enaio/adapter.ts';
import type { Stored } from '../../support/enaio-server/archive.ts';
import { type EnaioServer, startEnaioServer } from '../../support/enaio-server/server.ts';
import type { Fault } from '../../support/faulty-proxy.ts';
import { canary, enaioSettings, startEnaioProxy, storedFiles } from '../enaio-system.ts';
import type { Target } from './seeded-run.ts';

const kinds: readonly (readonly [string, Fault])[] = [
  ['time-out after commit', { kind: 'lose-answer' }],
  ['500 after commit', { kind: 'fail-after', status: 500 }],
  ['503 after commit', { kind: 'fail-after', status: 503 }],
  ['cut in mid-stream', { kind: 'cut-request' }],
  ['truncated answer', { kind: 'cut-answer' }],
  ['wrong content', { kind: 'falsify' }],
  ['wrong length', { kind: 'shorten' }],
  ['401', { kind: 'answer', status: 401 }],
  ['422', { kind: 'answer', status: 422, body: '{"failed":[{"message":"no"}]}' }],
  ['429', { kind: 'answer', status: 429, retryAfter: '0' }],
  ['503', { kind: 'answer', status: 503 }],
  ['slow', { kind: 'delay', milliseconds: 20 }],
];

/** The enaio adapter, by the DMS service or by OSRest, and between it and the test server a proxy that does harm. */
export async function enaioTarget(random: Random, count: (fault: string) => void): Promise<Target> {
  const server = await startEnaioServer('scanlot', canary);
  const proxy = await startEnaioProxy(server.url);
  const service = random.next() < 0.5 ? 'dms' : 'osrest';
  const timeouts = { connectSeconds: 1, idleSeconds: 1, totalSeconds: 5 };
  return {
    open(share) {
      proxy.judge = () => {
        if (random.next() >= share / 3) return undefined;
        const [name, fault] = kinds[random.between(0, kinds.length - 1)] ?? [];
        if (name) count(name);
        return fault;
      };
      return createEnaioAdapter({
        settings: enaioSettings(proxy.url, { service, timeouts }),
        environment: { SCANLOT_DMS_PASSWORD: canary },
        patience: { attempts: 3, firstDelay: 1, longestDelay: 4, longestRetryAfter: 100 },
      });
    },
    stored: async () => filesIn(server),
    close: async () => {
      await proxy.close();
      await server.close();
    },
  };
}

/** Complete files: key → digests of what lies there under each document's name. */
function filesIn(server: EnaioServer): ReadonlyMap<string, string> {
  const complete = storedFiles(server).filter(({ values }) =>
    values.get('ScanlotState')?.startsWith('scanlot 1 index'),
  );
  const files = new Map(complete.map((file) => [file.values.get('ScanlotKey') ?? '', digestsIn(server, file)]));
  if (files.size !== complete.length) throw new Error('an object is stored twice');
  return files;
}

function digestsIn({ archive }: EnaioServer, { id, values }: Stored): string {
  const index = JSON.parse(String(archive.get(values.get('ScanlotState')?.split(' ').at(-1) ?? '').files[0]));
  const documents: { readonly name: string; readonly stored: string }[] = index.documents;
  if (archive.childrenOf(id).length !== documents.length + 1) throw new Error('a document is stored twice');
  const lines = documents.map(({ name, stored }) => {
    const bytes = archive.get(stored.split('/')[1] ?? '').files[0] ?? Buffer.alloc(0);
    return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
  return lines.sort().join('\n');
}
