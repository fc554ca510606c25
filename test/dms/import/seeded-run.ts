import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../../../scripts/generators/random.ts';
import { verifyAudit } from '../../../src/audit/verify.ts';
import type { DmsAdapter } from '../../../src/dms/adapter.ts';
import { createCmisAdapter } from '../../../src/dms/cmis/adapter.ts';
import { DmsError } from '../../../src/dms/errors.ts';
import { readImportPlan } from '../../../src/dms/import/read-plan.ts';
import { runImport } from '../../../src/dms/import/run.ts';
import { acceptedDocuments } from '../../../src/dms/import/store.ts';
import { verifyImports } from '../../../src/dms/import/verify.ts';
import { createOcflAdapter } from '../../../src/dms/ocfl/adapter.ts';
import { verifyStorageRoot } from '../../../src/dms/ocfl/verify.ts';
import { addNote } from '../../../src/dms/transfer-note/add-note.ts';
import { openWorkspace, type Workspace } from '../../../src/storage/workspace.ts';
import type { NoteForm } from '../../../src/storage/workspace-config.ts';
import { asciiPdf } from '../../support/sample-pdfs.ts';
import { type FakeRepository, startFakeRepository } from '../cmis-fake.ts';
import { type CmisProxy, type Fault as ProxyFault, startCmisProxy } from '../cmis-proxy.ts';
import { dyingDisk } from '../faulty-disk.ts';
import { acceptedBatch } from '../xdomea/accepted-batch.ts';
import { enaioTarget } from './enaio-target.ts';
import { fileDropTarget } from './file-drop-target.ts';
import { folderTarget } from './folder-target.ts';
import { type Fault, failure, MemoryDms } from './memory-dms.ts';

/** A workspace with accepted files, copied for every run. */
export interface Template {
  readonly root: string;
  remove(): void;
}

const files = 4;
const mostRounds = 60;
const account = { user: 'scanlot', password: 'geheim-4711' };

export async function createTemplate(): Promise<Template> {
  const ledger = await acceptedBatch(
    Array.from({ length: files }, (_, at) => ({
      [`${at}/Bescheid.pdf`]: asciiPdf(`Bescheid ${at} `.repeat(200)),
      [`${at}/Anlage Ü.pdf`]: at % 2 ? '' : `Anlage ${at}`,
    })),
  );
  await ledger.workspace.close();
  return { root: ledger.root, remove: () => rmSync(ledger.root, { recursive: true, force: true }) };
}

/** What one seeded run met with. */
export interface SeededRun {
  readonly rounds: number;
  /** Faults that were injected, by their kind. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Where the files of a run go, and what can be done to it. */
export interface Target {
  /** As a process that has just started would have it; faults come with the given probability. */
  open(share: number): DmsAdapter;
  /** What is stored: key → digest of its documents. Throws when something is there twice, or in part. */
  stored(): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

export type SystemKind = 'memory' | 'ocfl' | 'cmis' | 'enaio' | 'folder' | 'file-drop';

/**
 * Imports the template's files into a system that fails at random, again and again, until everything is confirmed.
 * @param form how transfer notes go along
 * @throws Error when a file is lost, double or not as it should be, or when a lie of the system was believed
 */
export async function seededRun(
  template: Template,
  kind: SystemKind,
  seed: number,
  form: NoteForm = 'none',
): Promise<SeededRun> {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-soak-'));
  const random = createRandom(seed);
  const faults: Record<string, number> = {};
  const count = (name: string) => {
    faults[name] = (faults[name] ?? 0) + 1;
  };
  const root = join(folder, 'county');
  cpSync(template.root, root, { recursive: true });
  const target = await openTarget(kind, folder, random, count);
  try {
    const rounds = await importUntilDone(root, target, random, form);
    await requireAll(root, target, form);
    return { rounds, faults };
  } catch (error) {
    throw new Error(`${kind}, seed ${seed}: ${error instanceof Error ? error.stack : error}`);
  } finally {
    await target.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every round is a process of its own: it opens the workspace anew, and fails less than the one before. */
async function importUntilDone(root: string, target: Target, random: Random, form: NoteForm): Promise<number> {
  for (let round = 1; round <= mostRounds; round++) {
    const adapter = target.open(Math.max(0, 0.4 - round / 50));
    const workspace = await open(root, 'write');
    try {
      const { outcomes } = await runImport(workspace, adapter, {
        signal: new AbortController().signal,
        settings: { parallel: random.between(1, 4) },
        addTo: addNote(workspace, form),
      });
      if (outcomes.every(({ outcome }) => outcome === 'imported' || outcome === 'already-imported')) return round;
    } catch (error) {
      if (!(error instanceof DmsError) && !(error instanceof Error && error.message === 'killed')) throw error;
    } finally {
      await workspace.close();
      await adapter.close();
    }
  }
  throw new Error(`not done after ${mostRounds} rounds`);
}

async function requireAll(root: string, target: Target, form: NoteForm): Promise<void> {
  const adapter = target.open(0);
  const workspace = await open(root, 'read');
  try {
    const verified = await verifyImports(workspace, adapter, { signal: new AbortController().signal });
    const wrong = verified.filter(({ difference }) => difference !== null);
    if (verified.length !== files || wrong.length > 0) throw new Error(`verified: ${JSON.stringify(verified)}`);
    const { breaks } = await verifyAudit(workspace);
    if (breaks.length > 0) throw new Error(`log: ${JSON.stringify(breaks)}`);
    await requireStored(workspace, adapter, await target.stored(), form);
  } finally {
    await workspace.close();
    await adapter.close();
  }
}

/** Nothing lost, nothing double, and all of it as accepted or noted: judged without the adapter. */
async function requireStored(
  workspace: Workspace,
  adapter: DmsAdapter,
  stored: ReadonlyMap<string, string>,
  form: NoteForm,
): Promise<void> {
  const plan = await readImportPlan(workspace, { adapter });
  if (plan.length !== stored.size) throw new Error(`${stored.size} objects stored, ${plan.length} accepted`);
  for (const planned of plan) {
    const accepted = await acceptedDocuments(workspace.db, planned.file.deliveryFileId);
    const { copies, documents, remove } = await addNote(workspace, form)(planned, accepted);
    await remove();
    const expected = [
      ...accepted.map(({ path, sha256 }) => `${path} ${copies.get(path)?.sha256 ?? sha256}`),
      ...documents.map(({ name, sha256 }) => `${name} ${sha256}`),
    ];
    if (stored.get(planned.objectKey) !== print(expected)) {
      throw new Error(`${planned.objectKey} is not stored as it should be`);
    }
    if (form === 'pdf' && copies.size !== 1) throw new Error('no copy with a note');
  }
}

function print(lines: readonly string[]): string {
  return [...lines].sort().join('\n');
}

function open(root: string, mode: 'read' | 'write'): Promise<Workspace> {
  return openWorkspace(root, { mode, actor: 'test', now: () => new Date('2021-03-01T12:00:00Z') });
}

async function openTarget(
  kind: SystemKind,
  folder: string,
  random: Random,
  count: (fault: string) => void,
): Promise<Target> {
  if (kind === 'memory') return memoryTarget(random, count);
  if (kind === 'enaio') return enaioTarget(random, count);
  if (kind === 'folder') return folderTarget(folder, random, count);
  if (kind === 'file-drop') return fileDropTarget(folder, random, count);
  return kind === 'ocfl' ? ocflTarget(folder, random, count) : cmisTarget(random, count);
}

function memoryTarget(random: Random, count: (fault: string) => void): Target {
  const dms = new MemoryDms();
  const kinds: readonly (readonly [string, () => Fault])[] = [
    ['time-out before commit', () => ({ when: 'before', error: failure('dms.unreachable') })],
    ['time-out after commit', () => ({ when: 'after', error: failure('dms.unreachable') })],
    ['500 after commit', () => ({ when: 'after', error: failure('dms.store-failed') })],
    ['busy after commit', () => ({ when: 'after', error: failure('dms.object-busy') })],
    ['refused', () => ({ when: 'before', error: failure('dms.permission-denied') })],
    ['401', () => ({ when: 'before', error: failure('dms.login-refused') })],
    ['killed before commit', () => ({ when: 'before', error: new Error('killed') })],
    ['killed after commit', () => ({ when: 'after', error: new Error('killed') })],
    ['wrong content', () => ({ when: 'falsify' })],
  ];
  return {
    open(share) {
      dms.judge = (call) => {
        if (random.next() >= share) return undefined;
        const [name, make] = kinds[random.between(0, kinds.length - (call === 'readBack' ? 1 : 2))] ?? kinds[0] ?? [];
        if (!name || !make) return undefined;
        count(name);
        return make();
      };
      return dms;
    },
    stored: async () => {
      const stored = dms.held.map(({ key, documents }): [string, string] => [
        key,
        print([...documents].map(([name, bytes]) => `${name} ${sha256(bytes)}`)),
      ]);
      return uniquely(stored);
    },
    close: async () => {},
  };
}

function uniquely(entries: readonly [string, string][]): ReadonlyMap<string, string> {
  const map = new Map(entries);
  if (map.size !== entries.length) throw new Error('an object is stored twice');
  return map;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A disk that dies after a random number of steps; every round is a new process. */
function ocflTarget(folder: string, random: Random, count: (fault: string) => void): Target {
  const store = { root: join(folder, 'store'), staging: join(folder, 'staging') };
  const open = (share: number) => {
    if (share === 0) return createOcflAdapter(store);
    count('disk dies');
    return createOcflAdapter({ ...store, disk: dyingDisk(random.between(0, 120)) });
  };
  return {
    open,
    stored: async () => {
      const entries: [string, string][] = [];
      const adapter = createOcflAdapter(store);
      for await (const verdict of verifyStorageRoot(store.root)) {
        if (!verdict.valid || verdict.problems.length > 0) throw new Error(JSON.stringify(verdict));
        if (verdict.kind !== 'object' || verdict.id === null) continue;
        const lines: string[] = [];
        for await (const { name, sha256: digest } of adapter.readBack(verdict.id)) lines.push(`${name} ${digest}`);
        entries.push([decodeURIComponent(verdict.id.slice('urn:scanlot:file:'.length)), print(lines)]);
      }
      return uniquely(entries);
    },
    close: async () => {},
  };
}

/** The CMIS adapter, and between it and its server a proxy that does harm. */
async function cmisTarget(random: Random, count: (fault: string) => void): Promise<Target> {
  const fake: FakeRepository = await startFakeRepository(account.user, account.password);
  const proxy: CmisProxy = await startCmisProxy(fake.url);
  const kinds: readonly (readonly [string, ProxyFault])[] = [
    ['time-out after commit', { kind: 'lose-answer' }],
    ['500 after commit', { kind: 'fail-after', status: 500 }],
    ['503 after commit', { kind: 'fail-after', status: 503 }],
    ['cut in mid-stream', { kind: 'cut-request' }],
    ['truncated answer', { kind: 'cut-answer' }],
    ['wrong content', { kind: 'falsify' }],
    ['wrong length', { kind: 'shorten' }],
    ['401', { kind: 'answer', status: 401 }],
    ['429', { kind: 'answer', status: 429, retryAfter: '0' }],
    ['503', { kind: 'answer', status: 503 }],
    ['slow', { kind: 'delay', milliseconds: 20 }],
  ];
  const open = (share: number) => {
    proxy.judge = () => {
      if (random.next() >= share / 3) return undefined;
      const [name, fault] = kinds[random.between(0, kinds.length - 1)] ?? [];
      if (name) count(name);
      return fault;
    };
    return createCmisAdapter({
      settings: {
        ...{ type: 'cmis', url: proxy.url, repository: 'A1', user: account.user, folder: '/Akten' },
        ...{ types: { file: 'county:file', document: 'county:document' }, keyProperty: 'county:key' },
        timeouts: { connectSeconds: 1, idleSeconds: 1, totalSeconds: 5 },
      },
      environment: { SCANLOT_DMS_PASSWORD: account.password },
      patience: { attempts: 3, firstDelay: 1, longestDelay: 4, longestRetryAfter: 100 },
    });
  };
  return {
    open,
    stored: async () => uniquely(fake.files('county:key').map(([key, documents]) => [key, print(documents)])),
    close: async () => {
      await proxy.close();
      await fake.close();
    },
  };
}
