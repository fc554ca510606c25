import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { text } from '../shared/language.ts';
import { systemReason } from '../shared/system-words.ts';
import type { NewDocument } from './adapter.ts';
import { DmsError } from './errors.ts';

/** Opening a named pipe would wait for its writer for ever; Windows has neither. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens the accepted bytes of a document, hands them to `use`, and closes them.
 * @throws DmsError dms.source-unreadable, or dms.source-changed when the size is no longer the accepted one
 */
export async function withSource<Result>(
  document: NewDocument,
  use: (source: FileHandle) => Promise<Result>,
): Promise<Result> {
  const source = await fromSource(document, () => open(document.source, withoutWaiting));
  try {
    const found = await fromSource(document, () => source.stat());
    if (!found.isFile()) throw unreadable(document, new Error('not a regular file'));
    if (found.size !== document.size) throw sourceChanged(document);
    return await use(source);
  } finally {
    await source.close();
  }
}

/** Tells failures of the source, which concern this object alone, from those of the store. */
export async function fromSource<Result>(document: NewDocument, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw unreadable(document, cause);
  }
}

/** The bytes are not those that were accepted. */
export function sourceChanged(document: NewDocument): DmsError {
  return new DmsError(
    'dms.source-changed',
    text({
      de: `Das Dokument „${document.name}“ hat nicht mehr den abgenommenen Inhalt.`,
      en: `Document "${document.name}" no longer has the content that was accepted.`,
    }),
  );
}

function unreadable(document: NewDocument, cause: unknown): DmsError {
  const reason = systemReason(cause);
  return new DmsError(
    'dms.source-unreadable',
    text({
      de: `Das Dokument „${document.name}“ kann nicht gelesen werden: ${reason.de}`,
      en: `Document "${document.name}" cannot be read: ${reason.en}`,
    }),
    { cause },
  );
}
