import type { PdfDocument } from './document.ts';
import { Name } from './names.ts';
import { type Dictionary, isDictionary } from './values.ts';

/** How a document is encrypted (ISO 32000-2, 7.6). */
export interface Encryption {
  /** The security handler: "Standard" for passwords. */
  readonly handler: string;
  /** /V: 1 and 2 RC4, 4 crypt filters, 5 AES-256. */
  readonly version: number;
  /** /R of the standard handler. */
  readonly revision: number;
}

export function readEncryption(dictionary: Dictionary): Encryption {
  return {
    handler: nameAt(dictionary, 'Filter') ?? '',
    version: numberAt(dictionary, 'V'),
    revision: numberAt(dictionary, 'R'),
  };
}

/** Whether streams are encrypted: crypt filters may leave them as they are, and encrypt strings or attachments only. */
export function encryptsStreams(dictionary: Dictionary): boolean {
  return numberAt(dictionary, 'V') < 4 || (nameAt(dictionary, 'StmF') ?? 'Identity') !== 'Identity';
}

/** The dictionary behind the trailer's /Encrypt; undefined where the document is not encrypted. */
export function encryptionDictionary(trailer: Dictionary, document: PdfDocument): Dictionary | undefined {
  const value = document.resolve(trailer.get('Encrypt'));
  return isDictionary(value) ? value : undefined;
}

function nameAt(dictionary: Dictionary, key: string): string | undefined {
  const value = dictionary.get(key);
  return value instanceof Name ? value.text : undefined;
}

function numberAt(dictionary: Dictionary, key: string): number {
  const value = dictionary.get(key);
  return typeof value === 'number' ? value : 0;
}
