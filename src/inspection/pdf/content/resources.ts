import { type ColourSpace, definesDefaults, readColourSpace } from '../colour-space.ts';
import type { PdfDocument } from '../document.ts';
import { type Dictionary, isDictionary, type PdfValue } from '../values.ts';

export type ResourceKind = 'XObject' | 'Font' | 'ExtGState' | 'ColorSpace';

/** The resources of a page or form by name (ISO 32000-2, 7.8.3); each kind is looked up when it is first asked for. */
export class Resources {
  readonly #document: PdfDocument;
  readonly #dictionary: Dictionary | undefined;
  readonly #kinds = new Map<ResourceKind, Dictionary | undefined>();
  readonly #spaces = new Map<string, ColourSpace>();

  constructor(document: PdfDocument, dictionary: Dictionary | undefined) {
    this.#document = document;
    this.#dictionary = dictionary;
  }

  /** The entry as it stands there, mostly a reference. @throws PdfDamage */
  find(kind: ResourceKind, name: string): PdfValue | undefined {
    return this.#entries(kind)?.get(name);
  }

  colourSpace(value: PdfValue | undefined): ColourSpace {
    return readColourSpace(this.#document, value, (name) => this.find('ColorSpace', name));
  }

  /** The same by a name that a content stream uses; kept, because each picture of a page may ask again. */
  namedColourSpace(name: string, value: PdfValue): ColourSpace {
    const known = this.#spaces.get(name);
    if (known) return known;
    const space = this.colourSpace(value);
    if (this.#spaces.size < 256) this.#spaces.set(name, space);
    return space;
  }

  /** Whether device colours are replaced by defined ones here. */
  get replacesDeviceColours(): boolean {
    return definesDefaults(this.#entries('ColorSpace'));
  }

  #entries(kind: ResourceKind): Dictionary | undefined {
    if (this.#kinds.has(kind)) return this.#kinds.get(kind);
    const found = this.#document.resolve(this.#dictionary?.get(kind));
    const entries = isDictionary(found) ? found : undefined;
    this.#kinds.set(kind, entries);
    return entries;
  }
}
