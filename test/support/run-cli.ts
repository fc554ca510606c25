import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, as typed after "scanlot", in a folder and with an environment of the test's choice. */
export async function runCli(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  const io: Io = {
    stdout: { write: (words) => void (stdout += words), isTerminal: false, columns: 0 },
    stderr: { write: (words) => void (stderr += words), isTerminal: false, columns: 0 },
    ask: async () => undefined,
    env,
    cwd,
    now: () => new Date('2021-05-01T10:00:00Z'),
  };
  const exitCode = await main(argv, io, new AbortController().signal);
  return { exitCode, stdout, stderr };
}
