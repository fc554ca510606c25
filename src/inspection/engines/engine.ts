import type { Observation } from '../../findings/finding.ts';
import type { ContentLocation } from '../content.ts';
import type { FileFacts } from '../facts.ts';

/** A file of a package, and where its bytes lie. */
export interface EngineFile {
  /** Path in the package. */
  readonly path: string;
  readonly location: ContentLocation;
}

/** What an engine says of one file; a file that it could not judge has an observation that says so. */
export interface EngineJudgement {
  readonly path: string;
  readonly observations: readonly Observation[];
}

/** Another program that judges files after our own readers have; its words become findings of ours. */
export interface Engine {
  /** Name and version, for the result: "veraPDF 1.30.2". */
  readonly description: string;
  /** Whether it has something to say of such a file. */
  wants(facts: FileFacts): boolean;
  /** Judges every file once, in any order. @throws the signal's reason when it aborts */
  judge(files: readonly EngineFile[], signal?: AbortSignal): AsyncIterable<EngineJudgement>;
}
