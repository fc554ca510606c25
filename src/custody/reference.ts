/** What names the unit that is handed over: a file reference, and the volume, '' where the file has none. */
export interface FileName {
  readonly reference: string;
  readonly volume: string;
}

/**
 * The form in which file references are compared: Unicode NFC, runs of white space as one space, none at the ends.
 * Letter case and punctuation count: "III/12 a" and "III/12 A" are two files in many filing plans.
 */
export function referenceKey(reference: string): string {
  return reference.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** The form in which volumes are stored and compared, the same as that of references; '' is a file without volumes. */
export function volumeKey(volume: string): string {
  return referenceKey(volume);
}

/** One word for reference and volume, for maps and sets; no reference can hold the separator. */
export function fileKey({ reference, volume }: FileName): string {
  return `${referenceKey(reference)}\u0000${volumeKey(volume)}`;
}
