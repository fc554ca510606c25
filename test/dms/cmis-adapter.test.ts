import { describeAdapter } from './adapter-contract.ts';
import { startFakeRepository } from './cmis-fake.ts';
import { createCmisSystem } from './cmis-system.ts';

describeAdapter('CMIS, against a repository in memory', async () => {
  const account = { user: 'scanlot', password: 'geheim-4711' };
  const fake = await startFakeRepository(account.user, account.password);
  const system = await createCmisSystem({ ...account, url: fake.url });
  return {
    ...system,
    dispose: async () => {
      await system.dispose();
      await fake.close();
    },
  };
});
