import type { DeviceSpace } from './colour-space.ts';
import type { PdfDocument } from './document.ts';
import type { FontFacts } from './font.ts';
import { Name } from './names.ts';
import { PageTally } from './tally.ts';
import { type Dictionary, isDictionary } from './values.ts';

/** What the pages of a document hold between them, as far as findings ask for it. */
export class Evidence {
  readonly damagedContents = new PageTally();
  readonly unexamined = new PageTally();
  readonly missingPictures = new PageTally();
  readonly symbolCoding = new PageTally();
  readonly transparency = new PageTally();
  readonly lzw = new PageTally();
  readonly jpeg2000 = new PageTally();
  readonly deviceSpaces = new Set<DeviceSpace>();
  /** Fonts that text is shown in. */
  readonly fonts = new Set<FontFacts>();
  /** Kinds of actions of annotations and form fields. */
  readonly actions = new Map<string, PageTally>();
  /** Object numbers of files attached to annotations. */
  readonly attached = new Set<number>();

  noteFilter(name: string, page: number): void {
    if (name === 'LZWDecode') this.lzw.note(page);
    if (name === 'JPXDecode') this.jpeg2000.note(page);
  }

  noteAction(kind: string, page: number): void {
    if (!this.actions.has(kind) && this.actions.size < 64) this.actions.set(kind, new PageTally());
    this.actions.get(kind)?.note(page);
  }

  /** A graphics state with a mask, less than full opacity or a blend mode (ISO 32000-2, 11.6.4). */
  noteState(document: PdfDocument, state: Dictionary, page: number): void {
    const isLess = (key: string) => {
      const value = document.resolve(state.get(key));
      return typeof value === 'number' && value < 1;
    };
    const blend = document.resolve(state.get('BM'));
    const isBlended = blend instanceof Name && blend.text !== 'Normal' && blend.text !== 'Compatible';
    const mask = isDictionary(document.resolve(state.get('SMask')));
    if (isLess('ca') || isLess('CA') || isBlended || mask) this.transparency.note(page);
  }

  /** A transparency group of a page or form (11.6.6). */
  noteGroup(document: PdfDocument, holder: Dictionary, page: number): void {
    const group = document.resolve(holder.get('Group'));
    const kind = isDictionary(group) ? document.resolve(group.get('S')) : undefined;
    if (kind instanceof Name && kind.text === 'Transparency') this.transparency.note(page);
  }
}
