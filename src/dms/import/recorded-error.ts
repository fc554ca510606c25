import { isLanguage, languages, type Text, verbatim } from '../../shared/language.ts';

/** What went wrong with an object, as its row keeps it: in all languages, so that each reader is told in his own. */
export function toRecord(error: Text): string {
  return JSON.stringify(error);
}

/** What a row tells; rows of earlier versions hold one English sentence, which is then the same in every language. */
export function ofRecord(recorded: string): Text {
  try {
    const parts: unknown = JSON.parse(recorded);
    return isText(parts) ? parts : verbatim(recorded);
  } catch {
    return verbatim(recorded);
  }
}

function isText(parts: unknown): parts is Text {
  if (typeof parts !== 'object' || parts === null) return false;
  const entries = Object.entries(parts);
  return (
    entries.length === languages.length && entries.every(([key, part]) => isLanguage(key) && typeof part === 'string')
  );
}
