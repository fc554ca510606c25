import { type Text, text } from '../../shared/language.ts';
import type { DmsAdapter } from '../adapter.ts';

/** What is to be found when an object is read back. */
export interface ExpectedDocument {
  readonly name: string;
  readonly sha256: string;
  /** As counted at acceptance; compared where the system counts too. */
  readonly pages: number | null;
}

/** Reads the object back and compares it with what was accepted. @returns the first difference; undefined when equal */
export async function compareStored(
  adapter: DmsAdapter,
  id: string,
  documents: readonly ExpectedDocument[],
  signal?: AbortSignal,
): Promise<Text | undefined> {
  const expected = new Map(documents.map((document) => [document.name.normalize('NFC'), document]));
  for await (const stored of adapter.readBack(id, signal)) {
    const name = stored.name.normalize('NFC');
    const document = expected.get(name);
    if (!document) return unexpected(stored.name);
    if (document.sha256 !== stored.sha256) return contentDiffers(stored.name);
    if (stored.pages !== undefined && document.pages !== null && stored.pages !== document.pages) {
      return pagesDiffer(stored.name, stored.pages, document.pages);
    }
    expected.delete(name);
  }
  const [missing] = expected.keys();
  return missing === undefined ? undefined : documentMissing(missing);
}

function unexpected(name: string): Text {
  return text({ de: `unerwartetes Dokument ${name}`, en: `unexpected document ${name}` });
}

function contentDiffers(name: string): Text {
  return text({ de: `anderer Inhalt: ${name}`, en: `content differs: ${name}` });
}

function pagesDiffer(name: string, stored: number, accepted: number): Text {
  return text({
    de: (f) =>
      `andere Seitenzahl: ${name} hat im DMS ${f.number(stored)} statt ${f.counted(accepted, 'Seite', 'Seiten')}`,
    en: (f) =>
      `page count differs: ${name} has ${f.counted(stored, 'page in the DMS', 'pages in the DMS')} instead of ${f.number(accepted)}`,
  });
}

function documentMissing(name: string): Text {
  return text({ de: `Dokument fehlt: ${name}`, en: `missing document ${name}` });
}
