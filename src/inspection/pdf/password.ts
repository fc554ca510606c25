import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4.ts';

/** What the standard security handler keeps to test passwords (ISO 32000-2, tables 20 and 21). */
export interface PasswordRecord {
  readonly revision: number;
  /** Length of the file key in bytes. */
  readonly keyBytes: number;
  /** /O, /U, /UE */
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly userKey: Uint8Array;
  /** /P, a signed 32-bit number. */
  readonly permissions: number;
  readonly encryptsMetadata: boolean;
  /** The first part of the trailer's /ID. */
  readonly fileId: Uint8Array;
}

/** The bytes that fill up a password to 32 (algorithm 2); an empty password is these alone. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/** The file key that the empty user password gives, or undefined where the file asks for a password. */
export function keyWithoutPassword(record: PasswordRecord): Uint8Array | undefined {
  return record.revision >= 5 ? strongKey(record) : weakKey(record);
}

/** Revisions 2 to 4: algorithm 2, tested by algorithms 4 and 5. */
function weakKey(record: PasswordRecord): Uint8Array | undefined {
  const { revision, owner, user, fileId, keyBytes } = record;
  const hash = createHash('md5').update(padding).update(owner.subarray(0, 32));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(record.permissions | 0);
  hash.update(permissions).update(fileId);
  if (revision >= 4 && !record.encryptsMetadata) hash.update(Buffer.from('ffffffff', 'hex'));
  let key: Uint8Array = hash.digest().subarray(0, keyBytes);
  if (revision >= 3) for (let round = 0; round < 50; round += 1) key = md5(key).subarray(0, keyBytes);
  if (revision === 2) return equalBytes(rc4(key, padding), user.subarray(0, 32)) ? key : undefined;
  let expected: Uint8Array = rc4(key, createHash('md5').update(padding).update(fileId).digest());
  for (let round = 1; round < 20; round += 1) {
    expected = rc4(
      key.map((byte) => byte ^ round),
      expected,
    );
  }
  return equalBytes(expected, user.subarray(0, 16)) ? key : undefined;
}

/** Revisions 5 and 6: algorithm 2.A with an empty password. */
function strongKey({ revision, user, userKey }: PasswordRecord): Uint8Array | undefined {
  if (user.length < 48 || userKey.length < 32) return undefined;
  const hash = (salt: Uint8Array) => (revision === 5 ? createHash('sha256').update(salt).digest() : hardenedHash(salt));
  if (!equalBytes(hash(user.subarray(32, 40)), user.subarray(0, 32))) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48)), Buffer.alloc(16));
  decipher.setAutoPadding(false);
  return decipher.update(userKey.subarray(0, 32));
}

/** Algorithm 2.B for an empty password: rounds end by chance; no honest hash needs this many. */
const mostRounds = 2000;

function hardenedHash(salt: Uint8Array): Uint8Array {
  let key = createHash('sha256').update(salt).digest();
  for (let round = 0; round < mostRounds; round += 1) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const encrypted = cipher.update(Buffer.alloc(64 * key.length, key));
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][remainder] ?? 'sha256')
      .update(encrypted)
      .digest();
    if (round >= 63 && (encrypted.at(-1) ?? 0) <= round - 31) break;
  }
  return key.subarray(0, 32);
}

export function md5(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one).equals(Buffer.from(other));
}
