import { openInvoice } from '../open-invoice.ts';
import type { ReadInvoice } from '../read-invoice.ts';
import { checkFormally, type FormalOptions, type FormalResult } from './formal-check.ts';

/** An invoice with what a validator says of its form. */
export interface FormedInvoice extends ReadInvoice {
  readonly form: Omit<FormalResult, 'findings'>;
}

/**
 * Opens an invoice and has its form checked; what the validator finds is among its findings.
 * @param command see `checkFormally`
 * @throws UsageError when it is no invoice
 */
export async function openWithForm(
  path: string,
  command: readonly string[] | undefined,
  options?: FormalOptions,
): Promise<FormedInvoice> {
  const read = await openInvoice(path);
  const { findings, ...form } = await checkFormally(path, read, command, options);
  return { ...read, form, findings: [...read.findings, ...findings] };
}
