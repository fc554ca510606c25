import { afterAll, beforeAll } from 'vitest';
import { cmisUser, type OpenCmis, startOpenCmis } from '../support/opencmis.ts';
import { describeAdapter } from './adapter-contract.ts';
import { createCmisSystem } from './cmis-system.ts';

let server: OpenCmis;
beforeAll(async () => {
  server = await startOpenCmis('Kanarienvogel-4711-geheim');
});
afterAll(() => server.stop());

describeAdapter('CMIS, on Apache Chemistry OpenCMIS', () => createCmisSystem({ ...server, user: cmisUser }));
