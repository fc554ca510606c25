import { hash } from 'node:crypto';

/** JSON with sorted keys and no white space: equal values give equal text (the form of RFC 8785 for what we store). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** sha256 of the canonical form, lower-case hex. */
export function canonicalHash(value: unknown): string {
  return hash('sha256', canonicalJson(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
}
