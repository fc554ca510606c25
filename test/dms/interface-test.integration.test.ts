import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { mapByShorthand } from '../../src/dms/cmis/shorthand.ts';
import { testInterface } from '../../src/dms/test/run-test.ts';
import { cmisUser, type OpenCmis, startOpenCmis } from '../support/opencmis.ts';
import { adapterOptions, childrenOf, settingsFor } from './cmis-system.ts';

let server: OpenCmis;
beforeAll(async () => {
  server = await startOpenCmis('Kanarienvogel-4711-geheim');
}, 120_000);
afterAll(() => server.stop());

it('tries out Apache Chemistry OpenCMIS: types, files, errors; and leaves an empty folder', async () => {
  const account = { ...server, user: cmisUser };
  const more = { folder: '/scanlot-test' };
  const settings = settingsFor(account, server.url, more);
  const open = () => createCmisAdapter(adapterOptions(account, server.url, more));
  const adapter = open();
  const test = await testInterface(
    {
      adapter,
      another: open,
      location: '/scanlot-test',
      wrongPassword: () => createCmisAdapter(adapterOptions({ ...account, password: 'wrong' }, server.url, more)),
      describe: (object) => mapByShorthand(settings, object),
      reserved: [settings.keyProperty],
      metadata: {},
      row: {},
    },
    { largeBytes: 20_000_000, withWrongPassword: true, signal: new AbortController().signal, now: () => new Date() },
  );
  await adapter.close();
  expect(test.steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(test.system).toMatchObject({ name: expect.stringContaining('OpenCMIS') });
  expect(test.steps.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(16);
  expect(test.remaining).toEqual([]);
  const place = (await childrenOf(account)).find(({ name }) => name === 'scanlot-test');
  expect(await childrenOf(account, place?.id)).toEqual([]);
}, 120_000);
