/** The specifications that we can judge by. */
export const specVersions = ['1.0', '1.1'] as const;
export type SpecVersion = (typeof specVersions)[number];

export function isSpecVersion(value: string): value is SpecVersion {
  return specVersions.some((version) => version === value);
}

/** Names in the registry of OCFL community extensions, whose folders need no explanation. */
const registeredExtensions: ReadonlySet<string> = new Set([
  'initial',
  '0001-digest-algorithms',
  '0002-flat-direct-storage-layout',
  '0003-hash-and-id-n-tuple-storage-layout',
  '0004-hashed-n-tuple-storage-layout',
  '0005-mutable-head',
  '0006-flat-omit-prefix-storage-layout',
  '0007-n-tuple-omit-prefix-storage-layout',
  '0008-schema-registry',
  '0009-digest-algorithms',
  '0010-differential-n-tuple-omit-prefix-storage-layout',
  '0011-direct-clean-path-layout',
  '0012-hash-and-no-prefix-id-n-tuple-storage-layout',
]);

export function isRegisteredExtension(name: string): boolean {
  return registeredExtensions.has(name);
}

/** Section 3.4 and extensions 0001 and 0009; hexadecimal digits of a digest, or null for `size`, a decimal number. */
export const digestDigits: ReadonlyMap<string, number | null> = new Map([
  ['md5', 32],
  ['sha1', 40],
  ['sha256', 64],
  ['sha512', 128],
  ['blake2b-512', 128],
  ['blake2b-160', 40],
  ['blake2b-256', 64],
  ['blake2b-384', 96],
  ['sha512/256', 64],
  ['size', null],
]);

/** The name that Node's crypto has for an algorithm; the others are not checked (section 3.4 lets clients ignore them). */
export const nodeAlgorithms: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha512', 'sha512'],
  ['blake2b-512', 'blake2b512'],
  ['sha512/256', 'sha512-256'],
]);

/** True for "scheme:rest" without white space (RFC 3986 section 3). */
export function isUri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value);
}

/** RFC 3339 section 5.6 date-time, a day that exists, with time zone. */
export function isRfc3339(value: string): boolean {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
      value,
    );
  if (!match) return false;
  const [, year, month, day] = match.map(Number);
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
