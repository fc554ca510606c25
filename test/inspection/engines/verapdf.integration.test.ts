import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineJudgement } from '../../../src/inspection/engines/engine.ts';
import { createVerapdf } from '../../../src/inspection/engines/verapdf.ts';
import { corpus } from '../../support/corpora.ts';
import { verapdfProgram } from '../../support/verapdf.ts';

let program: string;
beforeAll(async () => {
  program = await verapdfProgram();
}, 300_000);

async function judge(paths: readonly string[]): Promise<EngineJudgement[]> {
  const engine = await createVerapdf(program);
  const judged: EngineJudgement[] = [];
  for await (const one of engine.judge(paths.map((path) => ({ path, location: { file: path } })))) judged.push(one);
  return judged;
}

const folder = corpus('pdfa');
const files = folder
  ? (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.pdf'))
  : [];

describe('the real veraPDF', () => {
  it('names its version', async () => {
    expect((await createVerapdf(program)).description).toMatch(/^veraPDF 1\.\d+/);
  });

  it.skipIf(folder === undefined)(
    'judges its own corpus as the files are labelled',
    async () => {
      const judged = await judge(files.map((name) => join(folder ?? '', name)));
      expect(judged).toHaveLength(files.length);
      expect(files.length).toBeGreaterThan(400);
      const wrong = judged.filter(({ path, observations }) => {
        const isLabelledFail = /-fail-[a-z]+\.pdf$/.test(path);
        return observations.length > 0 !== isLabelledFail;
      });
      expect(wrong.map(({ path, observations }) => [path, observations])).toEqual([]);
    },
    300_000,
  );
});
