import { expect, test } from 'vitest';
import { overview } from '../../src/cli/help.ts';

test.each(['de', 'en'] as const)('the last lines of the overview in %s stand one below the other', async (language) => {
  const columns = (await overview(language)).split('\n').flatMap((line) => {
    const command = /^[A-Z][^:]*: +scanlot /.exec(line)?.[0];
    return command && !/^(Aufruf|Usage)/.test(line) ? [command.length] : [];
  });
  expect(columns.length).toBe(2);
  expect(new Set(columns).size).toBe(1);
});
