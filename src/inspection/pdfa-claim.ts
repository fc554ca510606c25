import type { FileFacts } from './facts.ts';

/** Whether a file says in its metadata that it is PDF/A. */
export function claimsPdfa({ format, details }: Pick<FileFacts, 'format' | 'details'>): boolean {
  if (format !== 'pdf') return false;
  const { document } = details as { document?: { pdfa?: unknown } | null };
  return document?.pdfa !== null && document?.pdfa !== undefined;
}
