import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { memorySource } from '../../inspection/byte-source.ts';
import { attachedFiles } from '../../inspection/pdf/attached-files.ts';
import { PdfDamage } from '../../inspection/pdf/damage.ts';
import { UsageError } from '../../shared/errors.ts';
import { type Text, text } from '../../shared/language.ts';
import { readXmlTree, type XmlElement, XmlError, type XmlMistake } from '../../shared/xml/read-tree.ts';
import { checkArithmetic, type RecomputedTotals } from './arithmetic.ts';
import { statedDiscounts } from './cash-discount.ts';
import type { Invoice } from './normal-form.ts';
import { readCii } from './read-cii.ts';
import { readUbl } from './read-ubl.ts';
import { ValueReader } from './value-reader.ts';
import { modernise } from './zugferd-1.ts';

/** An invoice as it was read, and what its own arithmetic says. */
export interface ReadInvoice {
  readonly invoice: Invoice;
  /** Name of the XML file inside a hybrid PDF (ZUGFeRD, Factur-X); null where the file is the XML itself. */
  readonly attachment: string | null;
  readonly recomputed: RecomputedTotals;
  readonly findings: readonly Finding[];
}

/** The portal of the federal government takes 15 MB; attachments are inside. */
const mostBytes = 100 * 2 ** 20;

/**
 * Reads an electronic invoice: XRechnung and EN 16931 in UBL or CII, or the XML of a ZUGFeRD or Factur-X PDF.
 * @throws UsageError when the file is no such invoice; system errors when it cannot be read
 */
export function readInvoice(path: string): ReadInvoice {
  const bytes = readBounded(path);
  if (!isPdf(bytes)) return interpret(readRoot(bytes, path), path, null);
  const { name, root } = invoiceInPdf(bytes, path);
  return interpret(root, path, name);
}

/** The XML inside a hybrid PDF. @throws UsageError when it has none */
export function attachedInvoice(path: string): Uint8Array {
  return invoiceInPdf(readBounded(path), path).xml;
}

function readBounded(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) throw noInvoice(path, text({ de: 'das ist keine Datei', en: 'it is no file' }));
    if (facts.size > mostBytes) {
      throw noInvoice(
        path,
        text({
          de: (f) => `sie ist größer als ${f.bytes(mostBytes)}`,
          en: (f) => `it is larger than ${f.bytes(mostBytes)}`,
        }),
      );
    }
    const bytes = Buffer.alloc(facts.size);
    let read = 0;
    for (let got = 1; got > 0 && read < bytes.length; read += got)
      got = readSync(file, bytes, read, bytes.length - read, read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

/** A PDF may have up to a kilobyte of other bytes before its header (ISO 32000-1, annex H). */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-');
}

/** Names that the standards give to the XML, the preferred one first (ZUGFeRD 2, Factur-X 1, XRechnung, ZUGFeRD 1). */
const attachmentNames = ['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml'];

interface AttachedInvoice {
  readonly name: string;
  readonly root: XmlElement;
  readonly xml: Uint8Array;
}

function invoiceInPdf(bytes: Uint8Array, path: string): AttachedInvoice {
  const rank = (name: string) => (attachmentNames.indexOf(name.toLowerCase()) + 4) % 4;
  let candidates: ReturnType<typeof attachedFiles>;
  try {
    candidates = attachedFiles(memorySource(bytes)).filter(({ name }) => name.toLowerCase().endsWith('.xml'));
  } catch (error) {
    if (!(error instanceof PdfDamage)) throw error;
    throw noInvoice(path, text({ de: 'das PDF ist nicht lesbar', en: 'the PDF cannot be read' }), error);
  }
  for (const { name, read } of candidates.sort((a, b) => rank(a.name) - rank(b.name))) {
    const xml = attempt(read);
    const root = xml && attempt(() => readXmlTree(xml));
    if (root && readerFor(root)) return { name, root, xml };
  }
  throw noInvoice(
    path,
    text({
      de: 'das PDF enthält keine Rechnung als XML (ZUGFeRD, Factur-X)',
      en: 'the PDF holds no invoice as XML (ZUGFeRD, Factur-X)',
    }),
  );
}

function attempt<Result>(step: () => Result): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof XmlError || error instanceof PdfDamage) return undefined;
    throw error;
  }
}

function readRoot(bytes: Uint8Array, path: string): XmlElement {
  try {
    return readXmlTree(bytes);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw noInvoice(path, mistakeWords(error), error);
  }
}

const mistakes: Readonly<Record<XmlMistake, Text>> = {
  'not-well-formed': text({ de: 'kein wohlgeformtes XML', en: 'no well-formed XML' }),
  doctype: text({
    de: 'Dokumenttyp-Deklarationen (DOCTYPE) sind in Rechnungen nicht erlaubt',
    en: 'document type declarations (DOCTYPE) are not allowed in invoices',
  }),
  encoding: text({ de: 'die Zeichenkodierung stimmt nicht', en: 'its character encoding is wrong' }),
  'too-large': text({ de: 'zu viele Elemente', en: 'too many elements' }),
  'too-deep': text({ de: 'zu tief verschachtelt', en: 'too many levels' }),
};

function mistakeWords({ mistake, line }: XmlError): Text {
  const words = mistakes[mistake];
  if (line === null) return words;
  return text({
    de: (f) => `${words.de} (Zeile ${f.number(line)})`,
    en: (f) => `${words.en} (line ${f.number(line)})`,
  });
}

type Reader = (root: XmlElement, values: ValueReader) => Invoice;

const ublNamespace = 'urn:oasis:names:specification:ubl:schema:xsd:';

function readerFor({ name, namespace }: XmlElement): Reader | undefined {
  if (name === 'Invoice' || name === 'CreditNote')
    return namespace === `${ublNamespace}${name}-2` ? readUbl : undefined;
  if (name === 'CrossIndustryDocument') return (root, values) => readCii(modernise(root), values);
  return name === 'CrossIndustryInvoice' ? readCii : undefined;
}

function interpret(root: XmlElement, path: string, attachment: string | null): ReadInvoice {
  const read = readerFor(root);
  if (!read) {
    const element = root.name.slice(0, 100);
    throw noInvoice(
      path,
      text({
        de: `das XML ist keine Rechnung in UBL 2 oder CII (Wurzelelement „${element}“)`,
        en: `the XML is no invoice in UBL 2 or CII (root element "${element}")`,
      }),
    );
  }
  const values = new ValueReader();
  const invoice = withTax(read(root, values));
  const malformed = values.malformed.map((args) =>
    createFinding('invoice.value-malformed', { path: basename(path) }, args),
  );
  const judged = judgeInvoice(invoice, path);
  return { invoice, attachment, ...judged, findings: [...malformed, ...judged.findings] };
}

/** Recomputes an invoice, and tells what contradicts or is missing in it. */
export function judgeInvoice(invoice: Invoice, path: string): Pick<ReadInvoice, 'recomputed' | 'findings'> {
  const name = basename(path);
  const { recomputed, findings } = checkArithmetic(invoice, name);
  const unread = statedDiscounts(invoice.payment.terms, null).malformed.map((line) =>
    createFinding('invoice.discount-malformed', { path: name }, { words: line }),
  );
  return { recomputed, findings: [...missingValues(invoice, name), ...findings, ...unread] };
}

/** An invoice without VAT may leave its total out (BT-110 is optional): then it is zero. */
function withTax(invoice: Invoice): Invoice {
  const { totals } = invoice;
  const isZero = totals.tax === null && totals.net !== null && totals.net === totals.gross;
  return isZero ? { ...invoice, totals: { ...totals, tax: '0.00' } } : invoice;
}

/** What every invoice has to state: EN 16931-1, BR-02 to BR-07, BR-13 to BR-15. */
function missingValues(invoice: Invoice, path: string): Finding[] {
  const required: readonly (readonly [string, unknown])[] = [
    ['BT-1', invoice.number],
    ['BT-2', invoice.issueDate],
    ['BT-3', invoice.type],
    ['BT-5', invoice.currency],
    ['BT-27', invoice.seller.name],
    // Who records an invoice on paper knows that it is addressed to her.
    ['BT-44', invoice.syntax === 'entry' ? '' : invoice.buyer.name],
    ['BT-109', invoice.totals.net],
    ['BT-112', invoice.totals.gross],
    ['BT-115', invoice.totals.payable],
  ];
  return required
    .filter(([, stated]) => stated === null)
    .map(([term]) => createFinding('invoice.value-missing', { path }, { term }));
}

function noInvoice(path: string, why: Text, cause?: Error): UsageError {
  const error = new UsageError(
    'invoice.unreadable',
    text({
      de: `„${path}“ ist keine lesbare Rechnung: ${why.de}.`,
      en: `"${path}" is no readable invoice: ${why.en}.`,
    }),
    text({
      de: 'Eine XRechnung (UBL oder CII) oder ein ZUGFeRD-PDF angeben; eine Rechnung auf Papier als JSON oder CSV erfassen (scanlot invoice template).',
      en: 'Name an XRechnung (UBL or CII) or a ZUGFeRD PDF; record an invoice on paper as JSON or CSV (scanlot invoice template).',
    }),
  );
  if (cause) error.cause = cause;
  return error;
}
