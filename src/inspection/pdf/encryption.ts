import { createDecipheriv } from 'node:crypto';
import { PdfDamage } from './damage.ts';
import type { Filter, Resolve } from './filters.ts';
import { Name } from './names.ts';
import { keyWithoutPassword, md5 } from './password.ts';
import { rc4 } from './rc4.ts';
import { type Dictionary, isArray, isDictionary, type PdfValue } from './values.ts';

/** How a document is encrypted (ISO 32000-2, 7.6). */
export interface Encryption {
  /** The security handler: "Standard" for passwords; "" where the document does not say. */
  readonly handler: string;
  /** /V: 1 and 2 RC4, 4 crypt filters, 5 AES-256. */
  readonly version: number;
  /** /R of the standard handler. */
  readonly revision: number;
  /** Of streams; "none" where only strings or attachments are encrypted. */
  readonly method: Method;
  /** Length of the key, 0 where the method does not tell it. */
  readonly keyBits: number;
  /** Whether any reader opens it, because the user password is empty. */
  readonly opensWithoutPassword: boolean;
}

export type Method = 'none' | 'rc4' | 'aes-128' | 'aes-256' | 'unknown';

/** What it takes to read the streams of an encrypted document. */
export class Security {
  readonly facts: Encryption;
  readonly #method: Method;
  readonly #stringMethod: Method;
  readonly #key: Uint8Array | undefined;
  readonly #encryptsMetadata: boolean;

  constructor(facts: Encryption, key: Uint8Array | undefined, stringMethod: Method, encryptsMetadata: boolean) {
    this.facts = facts;
    this.#method = facts.method;
    this.#stringMethod = stringMethod;
    this.#key = key;
    this.#encryptsMetadata = encryptsMetadata;
  }

  /** Whether object streams can be read at all. */
  get canReadStreams(): boolean {
    return this.#method === 'none' || (this.#key !== undefined && this.#method !== 'unknown');
  }

  /** The data of a stream that belongs to this object, decrypted. @throws PdfDamage where they cannot be. */
  decrypt(data: Uint8Array, number: number, generation: number): Uint8Array {
    return this.#decryptBy(this.#method, data, number, generation);
  }

  /** The same for a string. */
  decryptString(data: Uint8Array, number: number, generation: number): Uint8Array {
    return this.#decryptBy(this.#stringMethod, data, number, generation);
  }

  /** Whether a stream is left as it is: by its own filter, or because metadata are for everybody (7.6.4, 7.6.6). */
  leavesPlain(dictionary: Dictionary, filters: readonly Filter[]): boolean {
    const [first] = filters;
    if (first?.name === 'Crypt') return (nameOf(first.parameters.get('Name')) ?? 'Identity') === 'Identity';
    return !this.#encryptsMetadata && nameOf(dictionary.get('Type')) === 'Metadata';
  }

  #decryptBy(method: Method, data: Uint8Array, number: number, generation: number): Uint8Array {
    if (method === 'none') return data;
    if (this.#key === undefined || method === 'unknown') throw PdfDamage.of('encrypted');
    if (method === 'aes-256') return decryptAes('aes-256-cbc', this.#key, data);
    const key = objectKey(this.#key, number, generation, method === 'aes-128');
    return method === 'rc4' ? rc4(key, data) : decryptAes('aes-128-cbc', key, data);
  }
}

/** The security of the document that this trailer belongs to; undefined where it is not encrypted. */
export function readSecurity(trailer: Dictionary, resolve: Resolve): Security | undefined {
  if (!trailer.has('Encrypt')) return undefined;
  const dictionary = resolve(trailer.get('Encrypt'));
  if (!isDictionary(dictionary)) {
    const nothing = { handler: '', version: 0, revision: 0, method: 'unknown', keyBits: 0 } as const;
    return new Security({ ...nothing, opensWithoutPassword: false }, undefined, 'unknown', true);
  }
  const handler = nameOf(dictionary.get('Filter')) ?? '';
  const version = numberOf(dictionary.get('V'), 0);
  const revision = numberOf(dictionary.get('R'), 0);
  const id = resolve(trailer.get('ID'));
  const keyBytes = keyBytesOf(dictionary, version, resolve);
  const encryptsMetadata = dictionary.get('EncryptMetadata') !== false;
  const isKnown = handler === 'Standard' && revision >= 2 && revision <= 6;
  const key = isKnown
    ? keyWithoutPassword({
        revision,
        keyBytes,
        owner: bytesOf(dictionary.get('O'), resolve),
        user: bytesOf(dictionary.get('U'), resolve),
        userKey: bytesOf(dictionary.get('UE'), resolve),
        permissions: numberOf(dictionary.get('P'), 0),
        encryptsMetadata,
        fileId: bytesOf(isArray(id) ? id[0] : undefined, resolve),
      })
    : undefined;
  const method = methodOf(dictionary, version, 'StmF', resolve);
  const keyBits = method === 'aes-256' ? 256 : method === 'aes-128' ? 128 : method === 'rc4' ? keyBytes * 8 : 0;
  const facts = { handler, version, revision, method, keyBits, opensWithoutPassword: key !== undefined };
  return new Security(facts, key, methodOf(dictionary, version, 'StrF', resolve), encryptsMetadata);
}

function keyBytesOf(dictionary: Dictionary, version: number, resolve: Resolve): number {
  if (version === 1) return 5;
  const preset = version === 4 ? 128 : 40;
  const bits = numberOf(resolve(dictionary.get('Length')), preset);
  const bytes = Math.floor(bits / 8);
  return version === 4 ? 16 : bytes >= 5 && bytes <= 16 ? bytes : 5;
}

/** How streams or strings are encrypted: from version 4 on the crypt filter for them says it (7.6.6). */
function methodOf(dictionary: Dictionary, version: number, kind: 'StmF' | 'StrF', resolve: Resolve): Method {
  if (version === 1 || version === 2) return 'rc4';
  if (version !== 4 && version !== 5) return 'unknown';
  const name = nameOf(dictionary.get(kind)) ?? 'Identity';
  if (name === 'Identity') return 'none';
  const filters = resolve(dictionary.get('CF'));
  const filter = isDictionary(filters) ? resolve(filters.get(name)) : undefined;
  const method = isDictionary(filter) ? nameOf(filter.get('CFM')) : undefined;
  return methods.get(method ?? '') ?? 'unknown';
}

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['V2', 'rc4'],
  ['AESV2', 'aes-128'],
  ['AESV3', 'aes-256'],
]);

/** Algorithm 1: each object has a key of its own. */
function objectKey(key: Uint8Array, number: number, generation: number, isAes: boolean): Uint8Array {
  const place = Buffer.alloc(5);
  place.writeUIntLE(number & 0xffffff, 0, 3);
  place.writeUIntLE(generation & 0xffff, 3, 2);
  const salt = Buffer.from(isAes ? 'sAlT' : '', 'latin1');
  return md5(key, place, salt).subarray(0, Math.min(16, key.length + 5));
}

/** The first 16 bytes are the initialisation vector; the data end with padding (7.6.3.1). */
function decryptAes(cipher: 'aes-128-cbc' | 'aes-256-cbc', key: Uint8Array, data: Uint8Array): Uint8Array {
  if (data.length < 32 || data.length % 16 !== 0) throw PdfDamage.of('stream-unreadable');
  const decipher = createDecipheriv(cipher, key, data.subarray(0, 16));
  try {
    return Buffer.concat([decipher.update(data.subarray(16)), decipher.final()]);
  } catch {
    throw PdfDamage.of('stream-unreadable');
  }
}

function nameOf(value: PdfValue | undefined): string | undefined {
  return value instanceof Name ? value.text : undefined;
}

function numberOf(value: PdfValue | undefined, preset: number): number {
  return typeof value === 'number' ? value : preset;
}

function bytesOf(value: PdfValue | undefined, resolve: Resolve): Uint8Array {
  const bytes = resolve(value);
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(0);
}
