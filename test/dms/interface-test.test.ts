import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DmsAdapter } from '../../src/dms/adapter.ts';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { mapByShorthand } from '../../src/dms/cmis/shorthand.ts';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { compareTests, isNoWorse } from '../../src/dms/test/compare-tests.ts';
import type { StepId, TestSystem } from '../../src/dms/test/interface-test.ts';
import { testInterface } from '../../src/dms/test/run-test.ts';
import { testDocument } from '../../src/dms/test/test-document.ts';
import { testReport } from '../../src/dms/test/test-report.ts';
import { renderReport } from '../../src/reporting/render.ts';
import { runCli } from '../support/run-cli.ts';
import { type FakeRepository, startFakeRepository } from './cmis-fake.ts';
import { adapterOptions, childrenOf, settingsFor } from './cmis-system.ts';

const account = { user: 'scanlot', password: 'Kanarienvogel-4711-geheim' };
let repository: FakeRepository;
let folder: string;
beforeAll(async () => {
  repository = await startFakeRepository(account.user, account.password);
  folder = mkdtempSync(join(tmpdir(), 'scanlot-interface-'));
});
afterAll(async () => {
  await repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const options = {
  largeBytes: 300_000,
  withWrongPassword: true,
  signal: new AbortController().signal,
  now: () => new Date('2021-05-01T10:00:00Z'),
};

function embedded(change: (adapter: DmsAdapter) => DmsAdapter = (adapter) => adapter): TestSystem {
  const root = mkdtempSync(join(folder, 'store-'));
  const open = () => change(createOcflAdapter({ root: join(root, 'store'), staging: join(root, 'staging') }));
  return {
    adapter: open(),
    another: open,
    location: root,
    wrongPassword: undefined,
    describe: () => undefined,
    reserved: [],
    metadata: {},
    row: {},
  };
}

function cmis(file = 'county:file', keyProperty = 'county:key'): TestSystem {
  const more = { folder: '/scanlot-test', types: { file, document: 'county:document' }, keyProperty };
  const properties = file === 'county:strictFile' ? { file: { 'county:subject': 'title' } } : {};
  const full = { ...account, url: repository.url };
  const settings = settingsFor(full, repository.url, { ...more, properties });
  const open = () => createCmisAdapter(adapterOptions(full, repository.url, { ...more, properties }));
  return {
    adapter: open(),
    another: open,
    location: '/scanlot-test',
    wrongPassword: () => createCmisAdapter(adapterOptions({ ...full, password: 'wrong' }, repository.url, more)),
    describe: (object) => mapByShorthand(settings, object),
    reserved: [keyProperty],
    metadata: {},
    row: {},
  };
}

async function outcomesOf(system: TestSystem) {
  const test = await testInterface(system, options);
  await system.adapter.close();
  const outcomes = Object.fromEntries(test.steps.map(({ id, outcome }) => [id, outcome])) as Record<StepId, string>;
  const failures = test.steps
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ id, error }) => `${id}: ${error?.message.en}`);
  return { test, outcomes, failures };
}

describe('the test of an interface', () => {
  it('passes on the embedded store, and leaves nothing behind', async () => {
    const system = embedded();
    const { test, outcomes, failures } = await outcomesOf(system);
    expect(failures).toEqual([]);
    expect(outcomes).toMatchObject({
      create: 'passed',
      update: 'passed',
      remove: 'passed',
      'unknown-type': 'not-applicable',
    });
    expect(test.remaining).toEqual([]);
    const left = readdirSync(join(system.location, 'store'), { recursive: true }).map(String);
    expect(left.filter((name) => name.includes('inventory.json'))).toEqual([]);
    expect(test.steps.find(({ id }) => id === 'large-content')).toMatchObject({ bytes: 300_000 });
  });

  it('passes on a CMIS repository with its types, and leaves nothing behind', async () => {
    const { test, outcomes, failures } = await outcomesOf(cmis());
    expect(failures).toEqual([]);
    expect(outcomes).toMatchObject({
      'read-types': 'passed',
      'unknown-type': 'passed',
      'missing-field': 'not-applicable',
      'too-long': 'passed',
      'not-in-catalogue': 'passed',
      'wrong-password': 'passed',
    });
    expect(test.system).toEqual({ name: 'Fake', version: '1.0' });
    const [place] = await childrenOf({ ...account, url: repository.url });
    expect(place?.name).toBe('scanlot-test');
    expect(await childrenOf({ ...account, url: repository.url }, place?.id)).toEqual([]);
  });

  it('tries mandatory fields where the type of files has one', async () => {
    const { outcomes, failures } = await outcomesOf(cmis('county:strictFile', 'county:strictKey'));
    expect(failures).toEqual([]);
    expect(outcomes['missing-field']).toBe('passed');
  });

  it.each<[string, StepId, (adapter: DmsAdapter) => DmsAdapter]>([
    [
      'a system that serves other bytes than it was given',
      'read-back',
      (adapter) => ({
        ...adapter,
        async *readBack(id, signal) {
          for await (const one of adapter.readBack(id, signal)) yield { ...one, sha256: '0'.repeat(64) };
        },
      }),
    ],
    [
      'a system that loses a document',
      'empty-content',
      (adapter) => ({
        ...adapter,
        async *readBack(id, signal) {
          for await (const one of adapter.readBack(id, signal)) if (one.size > 0) yield one;
        },
      }),
    ],
    ['a search that lags behind', 'look-up', (adapter) => ({ ...adapter, lookUp: async () => undefined })],
    [
      'a search that finds anything',
      'look-up-absent',
      (adapter) => ({ ...adapter, lookUp: async () => ({ id: 'x', complete: true, documents: [] }) }),
    ],
    [
      'a system that overwrites',
      'other-content',
      (adapter) => ({
        ...adapter,
        create: async (object) => adapter.create(object).catch(() => ({ id: 'overwritten' })),
      }),
    ],
    ['a system that keeps what it should remove', 'remove', (adapter) => ({ ...adapter, remove: async () => {} })],
  ])('notices %s', async (_what, step, change) => {
    const { outcomes } = await outcomesOf(embedded(change));
    expect(outcomes[step]).toBe('failed');
  });

  it('tells what it could not remove, and skips what rests on what failed', async () => {
    const stuck = embedded((adapter) => ({
      ...adapter,
      remove: async () => {
        throw new Error('locked');
      },
    }));
    const { test } = await outcomesOf(stuck);
    expect(test.remaining.length).toBeGreaterThan(3);
    const mute = embedded((adapter) => ({
      ...adapter,
      create: async () => {
        throw new Error('no');
      },
    }));
    expect((await outcomesOf(mute)).outcomes).toMatchObject({
      create: 'failed',
      'read-back': 'skipped',
      remove: 'skipped',
    });
  });

  it('stops when it is cancelled, and cleans up all the same', async () => {
    const controller = new AbortController();
    const system = embedded((adapter) => ({
      ...adapter,
      update: async () => {
        controller.abort(new Error('enough'));
        throw controller.signal.reason;
      },
    }));
    await expect(testInterface(system, { ...options, signal: controller.signal })).rejects.toThrow('enough');
    const left = readdirSync(join(system.location, 'store'), { recursive: true }).map(String);
    expect(left.filter((name) => name.includes('inventory.json'))).toEqual([]);
  });

  it('is a report that people read: HTML and PDF, in both languages', async () => {
    const { test } = await outcomesOf(embedded());
    const report = testReport(test, []);
    for (const language of ['de', 'en'] as const) {
      const html = Buffer.from(await renderReport(report, 'html', language)).toString();
      expect(html).toContain(language === 'de' ? 'Jedes Byte zurücklesen' : 'Read every byte back');
      expect((await renderReport(report, 'pdf', language)).length).toBeGreaterThan(5000);
    }
  });
});

describe('two tests of one interface', () => {
  it('are compared by outcome, version, capability and time', async () => {
    const before = testDocument((await outcomesOf(embedded())).test, '1.0', 'en');
    expect(compareTests(before, before)).toEqual([]);
    const after = {
      ...before,
      system: { name: 'Store', version: '2' },
      capabilities: { ...before.capabilities, remove: false },
      steps: before.steps.map((step) => {
        if (step.id === 'umlauts') return { ...step, outcome: 'failed' as const };
        return step.id === 'read-back' ? { ...step, milliseconds: step.milliseconds + 5000 } : step;
      }),
    };
    const differences = compareTests(before, after);
    expect(differences.map(({ kind, what, worse }) => [kind, what, worse])).toEqual([
      ['system', 'name', false],
      ['system', 'version', false],
      ['capability', 'remove', true],
      ['time', 'read-back', true],
      ['outcome', 'umlauts', true],
    ]);
    expect(isNoWorse(differences)).toBe(false);
    expect(isNoWorse(compareTests(after, before))).toBe(true);
    expect(isNoWorse(differences.filter(({ kind }) => kind === 'time'))).toBe(true);
  });
});

describe('scanlot dms test', () => {
  const county = () => join(folder, 'county');
  const json = async (...argv: string[]) => {
    const words = ['dms', 'test', '--large-megabytes', '1', ...argv, '--json', '--lang', 'de', '--workspace', county()];
    const run = await runCli(words, folder, { SCANLOT_DMS_PASSWORD: account.password });
    expect(run.stdout + run.stderr).not.toContain(account.password);
    return { exitCode: run.exitCode, ...JSON.parse(run.stdout) };
  };

  it('tests the store of the workspace beside itself, and writes result and report', async () => {
    expect(await runCli(['init', county(), '--sample'], folder)).toMatchObject({ exitCode: 0 });
    const tested = await json();
    expect(tested).toMatchObject({ exitCode: 0, passed: true, adapter: 'ocfl', comparison: null, remaining: [] });
    expect(tested.files).toHaveLength(3);
    for (const file of tested.files) expect(existsSync(file)).toBe(true);
    expect(readdirSync(county()).filter((name) => name.startsWith('.store-test'))).toEqual([]);
    expect(existsSync(join(county(), 'store'))).toBe(false);
  });

  it('tests the configured system with its mapping in the test folder, and compares', async () => {
    const sample = JSON.parse(readFileSync('samples/county/dms-mapping.json', 'utf8'));
    const { properties: _shorthand, ...dms } = settingsFor({ ...account, url: '' }, repository.url);
    writeFileSync(join(county(), 'mapping.json'), JSON.stringify(sample));
    const config = { county: 'X', dms: { ...dms, mapping: 'mapping.json', testFolder: '/Probe' } };
    writeFileSync(join(county(), 'scanlot.json'), JSON.stringify(config));
    const first = await json('--out', join(folder, 'first'), '--with-wrong-password');
    expect(first.steps.filter(({ outcome }: { outcome: string }) => outcome === 'failed')).toEqual([]);
    expect(first).toMatchObject({ exitCode: 0, adapter: 'cmis', location: '/Probe' });
    const earlier = JSON.parse(readFileSync(first.files[0], 'utf8'));
    earlier.system.version = '0.9';
    writeFileSync(first.files[0], JSON.stringify(earlier));
    const second = await json('--out', join(folder, 'second'), '--compare', first.files[0]);
    expect(second.comparison.differences).toContainEqual({
      kind: 'system',
      what: 'version',
      before: '0.9',
      after: '1.0',
      worse: false,
    });
    expect(second.comparison.differences).toContainEqual(
      expect.objectContaining({ kind: 'outcome', what: 'wrong-password', before: 'passed', after: 'skipped' }),
    );
  });

  it('tests plain folders with their index, in the test folder', async () => {
    const dms = { type: 'folder', path: 'uebergabe', index: { per: 'batch' }, mapping: 'mapping.json' };
    writeFileSync(join(county(), 'scanlot.json'), JSON.stringify({ county: 'X', dms }));
    const tested = await json();
    expect(tested.steps.filter(({ outcome }: { outcome: string }) => outcome === 'failed')).toEqual([]);
    expect(tested).toMatchObject({ exitCode: 0, adapter: 'folder', location: '/scanlot-test', remaining: [] });
    expect(readdirSync(join(county(), 'uebergabe'))).toEqual(['.scanlot']);
  });

  it('refuses a file to compare with that is none', async () => {
    expect(await json('--compare', join(county(), 'scanlot.json'))).toMatchObject({ exitCode: 2 });
  });
});
