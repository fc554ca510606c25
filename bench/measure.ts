import { spawnSync } from 'node:child_process';
import { packagePath } from '../src/shared/package.ts';

/** What one run of a program took. */
export interface Measurement {
  readonly seconds: number;
  /** Processor time of the program and all it started; on a busy machine the better figure. */
  readonly cpuSeconds: number;
  /** Peak of resident memory of the largest process; only for scanlot. */
  readonly peakMb?: number;
}

export interface Program {
  readonly name: string;
  /** A command line for bash. */
  readonly line: string;
  /** Exit codes that mean it did its work; default: 0. */
  readonly exitCodes?: readonly number[];
}

const memoryReport = packagePath('bench', 'report-memory.cjs');

/** Runs a program once. @throws when it fails */
export function measure({ name, line, exitCodes = [0] }: Program, folder: string): Measurement {
  const script = `TIMEFORMAT='times %R %U %S'; time { ${line}; } >/dev/null`;
  const result = spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  const times = /times ([\d.]+) ([\d.]+) ([\d.]+)/.exec(result.stderr);
  if (!times || !exitCodes.includes(result.status ?? -1)) {
    throw new Error(`${name} ended with ${result.status}: ${result.stderr.slice(-2000)}`);
  }
  const [seconds = 0, user = 0, system = 0] = times.slice(1).map(Number);
  const memory = /peak-memory (\d+)/.exec(result.stderr);
  return { seconds, cpuSeconds: user + system, ...(memory ? { peakMb: Number(memory[1]) / 1024 } : {}) };
}

/** A command line that runs the built scanlot and reports its peak memory. */
export function scanlot(words: string): string {
  return `NODE_OPTIONS='--require ${memoryReport}' ${process.execPath} ${packagePath('bin', 'scanlot.js')} ${words}`;
}

/**
 * Runs programs in turn, so that what else the machine does meets all of them alike.
 * @param cleanUp after each run
 * @returns by name: for each figure the best of all rounds (memory: the worst)
 */
export async function measureInTurn(
  programs: readonly Program[],
  folder: string,
  rounds: number,
  cleanUp: () => void | Promise<void> = () => undefined,
): Promise<Map<string, Measurement>> {
  const runs = new Map(programs.map(({ name }): [string, Measurement[]] => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const program of programs) {
      runs.get(program.name)?.push(measure(program, folder));
      await cleanUp();
    }
  }
  return new Map([...runs].map(([name, all]) => [name, best(all)]));
}

function best(all: readonly Measurement[]): Measurement {
  const peaks = all.flatMap(({ peakMb }) => peakMb ?? []);
  return {
    seconds: Math.min(...all.map(({ seconds }) => seconds)),
    cpuSeconds: Math.min(...all.map(({ cpuSeconds }) => cpuSeconds)),
    ...(peaks.length > 0 ? { peakMb: Math.max(...peaks) } : {}),
  };
}
