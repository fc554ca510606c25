import { exitCodes, ScanlotError } from './errors.ts';
import { type Text, text } from './language.ts';

interface Explanation {
  readonly message: (path: string) => Text;
  readonly remedy: Text;
}

const outOfSpace: Explanation = {
  message: (path) => text({ de: `Kein Speicherplatz mehr${path}.`, en: `No space left${path}.` }),
  remedy: text({
    de: 'Platz schaffen und den Befehl erneut ausführen; es ging nichts verloren.',
    en: 'Make room and run the command again; nothing was lost.',
  }),
};

const readOnly: Explanation = {
  message: (path) => text({ de: `Kein Lese- oder Schreibrecht${path}.`, en: `No right to read or write${path}.` }),
  remedy: text({
    de: 'Schreibrechte von Ordner und Dateien prüfen (Netzlaufwerk nur lesend eingebunden?); auch zum Lesen legt scanlot im Arbeitsbereich eine Sperre an.',
    en: 'Check the right to write to the folder and its files (a network drive mounted read-only?); scanlot sets a lock in the workspace even to read.',
  }),
};

/** What to do when the ledger's file is lost or damaged. */
export const restoreBackup = text({
  de: 'Nicht weiterarbeiten und nicht neu anlegen; die Datensicherung zurückspielen und mit „scanlot audit verify“ prüfen.',
  en: 'Stop working with it and do not start anew; restore the backup and check it with "scanlot audit verify".',
});

const damaged: Explanation = {
  message: () => text({ de: 'Die Datenbank ist beschädigt.', en: 'The database is damaged.' }),
  remedy: restoreBackup,
};

const busy: Explanation = {
  message: () => text({ de: 'Die Datenbank ist gerade belegt.', en: 'The database is busy.' }),
  remedy: text({ de: 'Später wiederholen.', en: 'Try again later.' }),
};

const unreliable: Explanation = {
  message: (path) => text({ de: `Lese- oder Schreibfehler${path}.`, en: `Input/output error${path}.` }),
  remedy: text({
    de: 'Datenträger oder Netzlaufwerk prüfen, dann den Befehl erneut ausführen.',
    en: 'Check the disk or network drive, then run the command again.',
  }),
};

const missing: Explanation = {
  message: (path) => text({ de: `Datei oder Ordner fehlt${path}.`, en: `A file or folder is missing${path}.` }),
  remedy: text({ de: 'Den Pfad prüfen.', en: 'Check the path.' }),
};

const inUse: Explanation = {
  message: (path) => text({ de: `In einem anderen Programm geöffnet${path}.`, en: `Open in another program${path}.` }),
  remedy: text({ de: 'Dort schließen und wiederholen.', en: 'Close it there and try again.' }),
};

const otherKind: Explanation = {
  message: (path) =>
    text({
      de: `Ordner statt Datei oder Datei statt Ordner${path}.`,
      en: `A folder in place of a file, or a file in place of a folder${path}.`,
    }),
  remedy: missing.remedy,
};

const tooManyOpen: Explanation = {
  message: () => text({ de: 'Zu viele offene Dateien.', en: 'Too many open files.' }),
  remedy: text({ de: 'Die Grenze erhöhen (ulimit -n).', en: 'Raise the limit (ulimit -n).' }),
};

/** Failures of the file system and of the database file, by their codes. */
const explanations: Readonly<Record<string, Explanation>> = {
  ENOSPC: outOfSpace,
  EDQUOT: outOfSpace,
  SQLITE_FULL: outOfSpace,
  EROFS: readOnly,
  EACCES: readOnly,
  EPERM: readOnly,
  SQLITE_READONLY: readOnly,
  SQLITE_CANTOPEN: readOnly,
  SQLITE_PERM: readOnly,
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
  SQLITE_BUSY: busy,
  SQLITE_LOCKED: busy,
  SQLITE_PROTOCOL: busy,
  ENOENT: missing,
  EISDIR: otherKind,
  ENOTDIR: otherKind,
  EBUSY: inUse,
  EIO: unreliable,
  ESTALE: unreliable,
  ETIMEDOUT: unreliable,
  EHOSTDOWN: unreliable,
  SQLITE_IOERR: unreliable,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
};

/** The failure in words, when it is one of the operating system or the database; undefined for anything else. */
export function explainSystemError(error: unknown): ScanlotError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  // Extended codes such as SQLITE_READONLY_DBMOVED begin with the plain one.
  const plain = code?.split('_').slice(0, 2).join('_') ?? '';
  const explanation = explanations[plain];
  if (!explanation) return undefined;
  const isDatabase = plain.startsWith('SQLITE_');
  return new ScanlotError(
    explanation === damaged
      ? exitCodes.workspaceBroken
      : explanation === busy
        ? exitCodes.locked
        : exitCodes.fileSystem,
    `system.${plain.toLowerCase().replaceAll('_', '-')}`,
    {
      message: explanation.message(path ? `: ${path}` : isDatabase ? ' (scanlot.db)' : ''),
      remedy: explanation.remedy,
      cause: error,
    },
  );
}
