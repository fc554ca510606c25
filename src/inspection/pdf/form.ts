import type { PdfDocument } from './document.ts';
import { Name } from './names.ts';
import { type Dictionary, isArray, isCount, isDictionary, type PdfValue, Ref } from './values.ts';

/** Forms and signatures (ISO 32000-2, 12.7 and 12.8). */
export interface FormFacts {
  /** Fields that hold a value of their own. */
  readonly fields: number;
  /** Whether it is drawn by XFA, which was dropped from the standard. */
  readonly xfa: boolean;
  /** Whether readers are asked to draw the fields themselves. */
  readonly needsAppearances: boolean;
  readonly signatures: readonly SignatureFacts[];
}

export interface SignatureFacts {
  /** /SubFilter: adbe.pkcs7.detached, ETSI.CAdES.detached, ETSI.RFC3161. */
  readonly type: string;
  /** Bytes of the file up to the end of what it signs; null where it does not say. */
  readonly end: number | null;
  /** Signed up to the last byte of the file. */
  readonly coversWholeFile: boolean;
}

const mostSignatures = 100;
const kidCost = 16;

/** @throws PdfDamage */
export function readForm(document: PdfDocument, value: PdfValue | undefined): FormFacts | null {
  const form = document.resolve(value);
  if (!isDictionary(form)) return null;
  const signatures: SignatureFacts[] = [];
  let fields = 0;
  walkFields(document, form.get('Fields'), (type, field) => {
    fields += 1;
    const signature = type === 'Sig' ? document.resolve(field.get('V')) : undefined;
    if (isDictionary(signature) && signatures.length < mostSignatures) {
      signatures.push(readSignature(document, signature));
    }
  });
  return {
    fields,
    xfa: form.has('XFA'),
    needsAppearances: document.resolve(form.get('NeedAppearances')) === true,
    signatures,
  };
}

interface Waiting {
  readonly value: PdfValue;
  readonly type: string;
}

/** Visits the fields at the ends of the tree; the type is handed down. */
function walkFields(
  document: PdfDocument,
  roots: PdfValue | undefined,
  onField: (type: string, field: Dictionary) => void,
): void {
  const waiting: Waiting[] = [];
  const visited = new Set<number>();
  const push = (list: PdfValue | undefined, type: string) => {
    const values = document.resolve(list);
    if (!isArray(values)) return;
    // Fields may share one long list.
    document.budget.spend(values.length * kidCost);
    for (const value of values) waiting.push({ value, type });
  };
  push(roots, '');
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, type } = next;
    if (value instanceof Ref && visited.has(value.number)) continue;
    if (value instanceof Ref) visited.add(value.number);
    const field = document.resolve(value);
    if (!isDictionary(field)) continue;
    const own = document.resolve(field.get('FT'));
    const kind = own instanceof Name ? own.text : type;
    const kids = document.resolve(field.get('Kids'));
    if (isArray(kids)) document.budget.spend(kids.length * kidCost);
    // Kids without a name of their own are only the places where the field is shown.
    const hasFields = isArray(kids) && kids.some((kid) => document.dictionary(kid)?.has('T') === true);
    if (hasFields) push(kids, kind);
    else onField(kind, field);
  }
}

function readSignature(document: PdfDocument, signature: Dictionary): SignatureFacts {
  const type = document.resolve(signature.get('SubFilter'));
  const range = document.resolve(signature.get('ByteRange'));
  const parts = isArray(range) ? range.map(document.resolve) : [];
  const [start, , second, length] = parts;
  const isUsable = parts.length === 4 && parts.every(isCount);
  const end = isUsable && isCount(second) && isCount(length) ? second + length : null;
  return {
    type: type instanceof Name ? type.text.slice(0, 64) : '',
    end,
    coversWholeFile: start === 0 && end === document.source.size,
  };
}
