import { type Text, text, verbatim } from './language.ts';

/** What the usual codes of the operating system mean. */
const meanings: Readonly<Record<string, Text>> = {
  EACCES: text({ de: 'kein Zugriffsrecht', en: 'permission denied' }),
  EPERM: text({ de: 'Vorgang nicht erlaubt', en: 'operation not permitted' }),
  ENOENT: text({ de: 'Datei oder Ordner nicht vorhanden', en: 'no such file or folder' }),
  ENOTDIR: text({ de: 'kein Ordner', en: 'not a folder' }),
  EISDIR: text({ de: 'Ordner statt Datei', en: 'a folder in place of a file' }),
  EIO: text({ de: 'Ein- oder Ausgabefehler des Datenträgers', en: 'input/output error of the disk' }),
  ENOSPC: text({ de: 'kein Speicherplatz mehr', en: 'no space left' }),
  EDQUOT: text({ de: 'Speicherkontingent erschöpft', en: 'disk quota exceeded' }),
  EROFS: text({ de: 'Datenträger nur lesbar', en: 'file system is read-only' }),
  ESTALE: text({ de: 'Verbindung zum Netzlaufwerk verloren', en: 'connection to the network drive lost' }),
  ETIMEDOUT: text({ de: 'Zeit abgelaufen', en: 'timed out' }),
  ENAMETOOLONG: text({ de: 'Name oder Pfad zu lang', en: 'name or path too long' }),
  EMFILE: text({ de: 'zu viele offene Dateien', en: 'too many open files' }),
  ENFILE: text({ de: 'zu viele offene Dateien im System', en: 'too many open files in the system' }),
  EBUSY: text({ de: 'von einem anderen Programm belegt', en: 'in use by another program' }),
  ELOOP: text({
    de: 'Verknüpfung führt im Kreis oder ist nicht zulässig',
    en: 'link leads in a circle or is not allowed',
  }),
};

/** "kein Zugriffsrecht (EACCES)", "permission denied (EACCES)"; a code that is not a usual one stands alone. */
export function systemWords(code: string): Text {
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  return meaning ? text({ de: `${meaning.de} (${code})`, en: `${meaning.en} (${code})` }) : verbatim(code);
}

/**
 * Why something failed, for the end of a sentence. An error of the operating system is told in our words, with the path
 * that it names; any other by its own message.
 */
export function systemReason(error: unknown): Text {
  if (!(error instanceof Error)) return verbatim(String(error));
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || !Object.hasOwn(meanings, code) || !error.message.startsWith(`${code}:`)) {
    return verbatim(error.message);
  }
  const words = systemWords(code);
  return path === undefined ? words : text({ de: `${words.de}: ${path}`, en: `${words.en}: ${path}` });
}
