import { attempt, PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { Name } from './names.ts';
import { type Dictionary, isArray, isDictionary, PdfStream, type PdfValue, Ref } from './values.ts';

/** A font as far as it matters for reading a page in a hundred years. */
export interface FontFacts {
  /** Its base font, without the mark of a subset: "Arial". */
  readonly name: string;
  readonly isEmbedded: boolean;
  /** Bytes of a character's code. */
  readonly codeBytes: 1 | 2;
}

const programs = ['FontFile', 'FontFile2', 'FontFile3'] as const;

/** @throws PdfDamage */
export function readFont(document: PdfDocument, value: PdfValue | undefined): FontFacts | undefined {
  const font = document.resolve(value);
  if (!isDictionary(font)) return undefined;
  const subtype = document.resolve(font.get('Subtype'));
  const type = subtype instanceof Name ? subtype.text : '';
  const base = document.resolve(font.get('BaseFont'));
  const name = base instanceof Name ? base.text.replace(/^[A-Z]{6}\+/, '').slice(0, 128) : '';
  // Its characters are content streams of the file itself.
  if (type === 'Type3') return { name: name || 'Type3', isEmbedded: true, codeBytes: 1 };
  if (type !== 'Type0') return { name, isEmbedded: hasProgram(document, font), codeBytes: 1 };
  const descendants = document.resolve(font.get('DescendantFonts'));
  const descendant = document.resolve(isArray(descendants) ? descendants[0] : undefined);
  const codeBytes = codeBytesOf(document, font.get('Encoding'));
  return { name, isEmbedded: isDictionary(descendant) && hasProgram(document, descendant), codeBytes };
}

const codeSpace = /begincodespacerange\s{0,9}<([0-9A-Fa-f]{2,8})>/;

/** The character map of a composite font (9.7.5) tells by its first range; the predefined ones mostly take two bytes. */
function codeBytesOf(document: PdfDocument, encoding: PdfValue | undefined): FontFacts['codeBytes'] {
  const map = document.resolve(encoding);
  if (!(map instanceof PdfStream) || !(encoding instanceof Ref)) return 2;
  const data = attempt(() => document.contentData(map, encoding));
  if (data instanceof PdfDamage) return 2;
  const [, first] = codeSpace.exec(Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')) ?? [];
  return first?.length === 2 ? 1 : 2;
}

function hasProgram(document: PdfDocument, font: Dictionary): boolean {
  const descriptor = document.resolve(font.get('FontDescriptor'));
  return isDictionary(descriptor) && programs.some((key) => descriptor.has(key));
}
