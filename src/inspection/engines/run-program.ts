import { spawn } from 'node:child_process';

export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The beginning of what it wrote there. */
  readonly stderr: string;
  /** Why it was ended before its time. */
  readonly ended: 'timeout' | 'too-much-output' | null;
}

export interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly mostOutput?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs another program to its end and takes what it prints. It gets no input and no shell.
 * @throws the system's error when it cannot be started, the signal's reason when it aborts
 */
export function runProgram(
  program: string,
  argv: readonly string[],
  { environment = {}, timeoutMs, mostOutput = 256 * 2 ** 20, signal }: ProgramOptions,
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
      windowsHide: true,
    });
    const pieces: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    let ended: ProgramRun['ended'] = null;
    const end = (why: ProgramRun['ended']): void => {
      ended ??= why;
      child.kill('SIGKILL');
    };
    const onAbort = () => end(null);
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostOutput) end('too-much-output');
      else pieces.push(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (stderr.length < 4000) stderr += piece.toString('utf8');
    });
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (signal?.aborted) reject(signal.reason);
      else then();
    };
    child.on('error', (error) => settle(() => reject(error)));
    child.on('close', (exitCode) => {
      settle(() => resolve({ exitCode, stdout: Buffer.concat(pieces).toString('utf8'), stderr, ended }));
    });
  });
}
