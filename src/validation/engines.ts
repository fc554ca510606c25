import type { Observation } from '../findings/finding.ts';
import type { Engine, EngineFile } from '../inspection/engines/engine.ts';
import type { FileFacts } from '../inspection/facts.ts';
import { text } from '../shared/language.ts';
import type { Progress } from '../shared/progress.ts';

/** What engines said of the files of a package: observations by path; none where there was nothing to say. */
export type EngineJudgements = ReadonlyMap<string, readonly Observation[]>;

/** Gathers, while files are read, which of them each engine wants; then asks the engines one after the other. */
export function gatherForEngines(engines: readonly Engine[]) {
  const asked = engines.map((engine) => ({ engine, files: [] as EngineFile[] }));
  return {
    offer(file: EngineFile, facts: FileFacts): void {
      for (const { engine, files } of asked) if (engine.wants(facts)) files.push(file);
    },
    async judge(progress: Progress, signal: AbortSignal | undefined): Promise<EngineJudgements> {
      const judgements = new Map<string, readonly Observation[]>();
      for (const { engine, files } of asked) {
        const name = engine.description;
        const task = progress.start(
          text({ de: `Prüfung mit ${name}`, en: `Check with ${name}` }),
          files.length,
          'files',
        );
        try {
          for await (const { path, observations } of engine.judge(files, signal)) {
            if (observations.length > 0) judgements.set(path, [...(judgements.get(path) ?? []), ...observations]);
            task.advance(1);
          }
        } finally {
          task.finish();
        }
      }
      return judgements;
    },
  };
}
