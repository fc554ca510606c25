import { basename } from 'node:path';
import { createFinding } from '../../findings/finding.ts';
import { readDocument } from '../../shared/document.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { completeEntry } from './entry/complete.ts';
import type { InvoiceEntry } from './entry/entry.ts';
import { readEntryTable } from './entry/read-entry-table.ts';
import { judgeInvoice, type ReadInvoice, readInvoice } from './read-invoice.ts';

/**
 * Reads an invoice, however it came: XML or PDF (see `readInvoice`), or recorded from paper as JSON or YAML
 * (schemas/invoice-entry-1.schema.json) or as a table (CSV, XLSX); the ending of its name tells.
 * @throws UsageError when it is no invoice, with every mistake of what was recorded by hand
 */
export async function openInvoice(path: string): Promise<ReadInvoice> {
  if (/\.(json|ya?ml)$/i.test(path)) return recorded(readDocument<InvoiceEntry>(path, 'invoice-entry-1'), path, []);
  if (!/\.(csv|tsv|txt|xlsx)$/i.test(path)) return readInvoice(path);
  const { entry, ignored } = await readEntryTable(path);
  return recorded(entry, path, ignored);
}

function recorded(entry: InvoiceEntry, path: string, ignored: readonly string[]): ReadInvoice {
  requireRates(entry, path);
  const { invoice, computed } = completeEntry(entry);
  const place = { path: basename(path) };
  const { recomputed, findings } = judgeInvoice(invoice, path);
  return {
    invoice,
    attachment: null,
    recomputed,
    findings: [
      ...(ignored.length > 0 ? [createFinding('invoice.entry-unused', place, { headings: ignored.join(', ') })] : []),
      createFinding('invoice.entry-computed', place, { terms: computed.join(' ') }),
      ...findings,
    ],
  };
}

/** Who pays no VAT says 0: a rate that is forgotten would make the tax vanish. */
function requireRates({ lines, vatRate }: InvoiceEntry, path: string): void {
  const isStated = (words: string | undefined) => words !== undefined && words.trim() !== '';
  if (isStated(vatRate)) return;
  const without = lines.flatMap((line, index) =>
    isStated(line.vatRate) ? [] : [line.id?.trim() || String(index + 1)],
  );
  if (without.length === 0) return;
  throw new UsageError(
    'invoice.entry-rate-missing',
    text({
      de: `${path}: Der Steuersatz fehlt bei Position ${without.slice(0, 20).join(', ')}.`,
      en: `${path}: the VAT rate is missing for line ${without.slice(0, 20).join(', ')}.`,
    }),
    text({
      de: 'Je Position oder einmal für die Rechnung angeben (Steuersatz, vatRate); ohne Umsatzsteuer: 0.',
      en: 'State it for each line or once for the invoice (VAT rate, vatRate); without VAT: 0.',
    }),
  );
}
