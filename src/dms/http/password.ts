import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Text, text } from '../../shared/language.ts';
import { systemWords } from '../../shared/system-words.ts';
import { DmsError } from '../errors.ts';
import type { ConnectionSettings } from './connection.ts';

const run = promisify(execFile);
export const passwordVariable = 'SCANLOT_DMS_PASSWORD';

/**
 * The password, from the environment, else from a file that nobody but its owner may read, else from a command's first
 * line of output. Its text appears in no error.
 * @throws DmsError dms.settings-wrong
 */
export async function readPassword(
  settings: Pick<ConnectionSettings, 'passwordFile' | 'passwordCommand'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { passwordFile, passwordCommand } = settings;
  const given = environment[passwordVariable];
  if (given) return given;
  if (passwordFile !== undefined) return firstLine(await passwordFromFile(passwordFile), passwordFile);
  const [program, ...words] = passwordCommand ?? [];
  if (program !== undefined) return firstLine(await passwordFromCommand(program, words), program);
  throw wrong(
    text({
      de: `Für das DMS ist kein Kennwort angegeben (${passwordVariable}, passwordFile oder passwordCommand).`,
      en: `No password is given for the DMS (${passwordVariable}, passwordFile or passwordCommand).`,
    }),
  );
}

async function passwordFromFile(path: string): Promise<string> {
  try {
    const { mode } = await stat(path);
    // Windows tells no such rights.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw wrong(
        text({
          de: `Die Kennwortdatei ${path} dürfen auch andere lesen; „chmod 600“ behebt das.`,
          en: `The password file ${path} may be read by others; "chmod 600" mends that.`,
        }),
      );
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof DmsError) throw error;
    const reason = systemWords((error as NodeJS.ErrnoException).code ?? String(error));
    throw wrong(
      text({
        de: `Die Kennwortdatei ${path} ist nicht lesbar: ${reason.de}.`,
        en: `The password file ${path} cannot be read: ${reason.en}.`,
      }),
    );
  }
}

async function passwordFromCommand(program: string, words: readonly string[]): Promise<string> {
  try {
    return (await run(program, [...words], { timeout: 30_000, maxBuffer: 65_536, windowsHide: true })).stdout;
  } catch (error) {
    // Its message would hold the command's output.
    const { code } = error as { code?: unknown };
    const reason = typeof code === 'number' || typeof code === 'string' ? String(code) : 'time-out';
    throw wrong(
      text({
        de: `Das Kennwort-Kommando ${program} ist gescheitert (${reason}).`,
        en: `The password command ${program} failed (${reason}).`,
      }),
    );
  }
}

function firstLine(content: string, from: string): string {
  const [line = ''] = content.split(/\r?\n/, 1);
  if (line !== '') return line;
  throw wrong(text({ de: `${from} liefert kein Kennwort.`, en: `${from} yields no password.` }));
}

function wrong(message: Text): DmsError {
  return new DmsError('dms.settings-wrong', message);
}
