import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEnaioAdapter } from '../../src/dms/enaio/adapter.ts';
import type { EnaioSettings } from '../../src/dms/enaio/settings.ts';
import { mapByShorthand } from '../../src/dms/enaio/shorthand.ts';
import { testInterface } from '../../src/dms/test/run-test.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import { canary, enaioOptions, enaioSettings } from './enaio-system.ts';

let server: EnaioServer;

beforeEach(async () => {
  server = await startEnaioServer('scanlot', canary);
});
afterEach(() => server.close());

async function tryOut(more: Partial<EnaioSettings>) {
  const settings = enaioSettings(server.url, { fields: { file: { Betreff: 'title' }, document: {} }, ...more });
  const options = enaioOptions(server.url, settings);
  const open = () => createEnaioAdapter(options);
  const adapter = open();
  const test = await testInterface(
    {
      adapter,
      another: open,
      location: 'scanlot-test',
      wrongPassword: () => createEnaioAdapter({ ...options, environment: { SCANLOT_DMS_PASSWORD: 'wrong' } }),
      describe: (object) => mapByShorthand(settings, object),
      reserved: [settings.keyField],
      metadata: {},
      row: {},
    },
    {
      largeBytes: 300_000,
      withWrongPassword: true,
      signal: new AbortController().signal,
      now: () => new Date('2021-05-01T10:00:00Z'),
    },
  );
  await adapter.close();
  return { test, outcomes: Object.fromEntries(test.steps.map(({ id, outcome }) => [id, outcome])) };
}

const strict: Partial<EnaioSettings> = {
  types: { file: '196610', document: '262146' },
  levels: [{ type: '4', keyField: 'Amt', key: '{department}' }],
};

it('passes every step of the interface test, which leaves nothing behind', async () => {
  const { test, outcomes } = await tryOut(strict);
  expect(outcomes).toMatchObject({ 'read-types': 'passed', 'missing-field': 'passed', 'too-long': 'passed' });
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome === 'failed')).toEqual([]);
  expect(test.remaining).toEqual([]);
  // The folder that the files lay in stays, as those of the county do.
  expect(server.archive.all().map(({ type }) => type)).toEqual(['4']);
});

it('passes by OSRest as far as that goes, and says what remains', async () => {
  const { test, outcomes } = await tryOut({ ...strict, service: 'osrest' });
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome === 'failed')).toEqual([]);
  expect(outcomes).toMatchObject({ 'read-types': 'not-applicable', remove: 'not-applicable', update: 'passed' });
  expect(test.remaining.length).toBeGreaterThan(0);
});

it('shows which assumption does not hold', async () => {
  server.options.refusesEmptyFiles = true;
  expect((await tryOut(strict)).outcomes).toMatchObject({ create: 'passed', 'empty-content': 'failed' });
});
