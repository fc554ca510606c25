export type JsonMembers = Readonly<Record<string, unknown>>;

/** Digest, as written, → paths. */
export type DigestMap = ReadonlyMap<string, readonly string[]>;

export function isJsonObject(value: unknown): value is JsonMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/**
 * JSON in UTF-8 without byte order mark (RFC 8259).
 * @returns undefined for anything else
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** A value in few words, for a report; its depth is its author's choice, so that nothing nested is followed. */
export function describeJson(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  return isJsonObject(value) ? '{…}' : String(JSON.stringify(value));
}
