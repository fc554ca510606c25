import { expect, it } from 'vitest';
import { createRandom } from '../../../scripts/generators/random.ts';
import { killFolderImports } from './killed-folders.ts';
import { killAtRandom } from './killed-runs.ts';
import { createTemplate } from './seeded-run.ts';

it('completes an import killed at random moments: nothing lost, nothing double, the store valid after each kill', async () => {
  const template = await createTemplate();
  try {
    const killed = await killAtRandom(template, 6, createRandom(2));
    expect(killed).toBeGreaterThanOrEqual(6);
  } finally {
    template.remove();
  }
}, 300_000);

it('completes imports into one folder from two workspaces, and a withdrawal, each killed at random moments', async () => {
  const template = await createTemplate();
  try {
    const killed = await killFolderImports(template, 12, createRandom(3));
    expect(killed).toBeGreaterThanOrEqual(12);
  } finally {
    template.remove();
  }
}, 300_000);
