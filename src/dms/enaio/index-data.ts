import type { JsonObject, NewDocument } from '../adapter.ts';
import { isRecord } from '../http/answer.ts';

/** The index data of the file, and above them those of the document. */
export function documentData(metadata: JsonObject, { name, size, sha256 }: NewDocument): JsonObject {
  const list = Array.isArray(metadata.documents) ? (metadata.documents as readonly unknown[]) : [];
  const own = list.find((one) => isRecord(one) && one.name === name);
  return { ...metadata, ...(own as JsonObject | undefined), name, size, sha256 };
}

/** The name of a file's document in enaio, which looks at no more than its ending: "00001.pdf". @param at from 0 */
export function numberedName(name: string, at: number): string {
  const dot = name.lastIndexOf('.');
  const ending = /^\.[A-Za-z0-9]{1,8}$/.exec(dot > 0 ? name.slice(dot) : '')?.[0]?.toLowerCase() ?? '';
  return `${String(at + 1).padStart(5, '0')}${ending}`;
}
