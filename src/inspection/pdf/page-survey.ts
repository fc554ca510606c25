import { type ColourClass, type Dpi, type PageFacts, type PictureFacts, strongerColour } from '../page-facts.ts';
import { createPageRuns } from '../page-runs.ts';
import { sheetClassOf } from '../sheet-class.ts';
import { readAnnotations } from './annotations.ts';
import type { DeviceSpace } from './colour-space.ts';
import { type ContentShelf, type ContentSink, Interpreter } from './content/interpreter.ts';
import { dpiOf, layoutOf, type PlacedPicture, withoutFills } from './content/layout.ts';
import { areaOf, type Matrix, unitSquareUnder } from './content/matrix.ts';
import { type Picture, readPicture } from './content/picture.ts';
import { Resources } from './content/resources.ts';
import { PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { Evidence } from './evidence.ts';
import { filtersOf } from './filters.ts';
import { type FontFacts, readFont } from './font.ts';
import { WorkBudget } from './limits.ts';
import { type PageSize, PageSizes } from './page-size.ts';
import type { PdfPage } from './page-tree.ts';
import { type Dictionary, isArray, PdfStream, type PdfValue, Ref } from './values.ts';

/**
 * Bytes of contents, resources and pictures' dictionaries that are looked at in one file: for any file so much, and
 * more for larger ones, as long volumes with recognised text are. What grows a thousandfold is not followed.
 */
const contentBudget = { base: 24 * 2 ** 20, perByte: 4 };
const mostFonts = 10_000;
/** What a part of a page's content costs of the budget, beside its bytes. */
const partCost = 64;

/** Looks at each page of a document: size, pictures, text. What it cannot read never changes the page count. */
export class PageSurvey {
  readonly sizes = new PageSizes();
  readonly evidence = new Evidence();
  readonly runs = createPageRuns();
  readonly #document: PdfDocument;
  readonly #budget: WorkBudget;
  readonly #shelf: ContentShelf;
  /** Pictures that were read before: a logo is shown on every page. */
  readonly #known: PictureShelf = new WeakMap();
  readonly #described: boolean;
  #isExhausted = false;

  /** @param described whether `runs` is to be filled: the facts of each page cost as much as all the rest */
  constructor(document: PdfDocument, described: boolean) {
    this.#document = document;
    this.#described = described;
    this.#budget = new WorkBudget(contentBudget.base + contentBudget.perByte * document.source.size);
    this.#shelf = createShelf(document);
  }

  /** @throws PdfDamage where the page itself cannot be read; never for its content */
  add(page: PdfPage): void {
    const size = this.sizes.add(page, this.#document.resolve);
    const look = new PageLook(this.#document, page.number, size, this.evidence, this.#known, this.#described);
    const unread = this.#isExhausted ? 'limit' : this.#read(page, look);
    if (unread === 'limit') this.evidence.unexamined.note(page.number);
    if (unread === 'damaged') this.evidence.damagedContents.note(page.number);
    if (this.#described) this.runs.add({ ...look.facts(), ...(unread === undefined ? {} : { unread }) });
  }

  #read(page: PdfPage, look: PageLook): PageFacts['unread'] {
    if (!this.#document.canReadStreams) return 'encrypted';
    try {
      this.#document.spendingFrom(this.#budget, () => this.#readContent(page, look));
      return look.isDamaged ? 'damaged' : undefined;
    } catch (error) {
      if (!(error instanceof PdfDamage)) throw error;
      if (error.reason === 'encrypted') return 'encrypted';
      if (error.reason !== 'too-complex') return 'damaged';
      this.#isExhausted = true;
      return 'limit';
    }
  }

  #readContent(page: PdfPage, look: PageLook): void {
    const document = this.#document;
    this.evidence.noteGroup(document, page.dictionary, page.number);
    const resources = document.dictionary(page.dictionary.get('Resources') ?? page.inherited.get('Resources'));
    const interpreter = new Interpreter(document, look, this.#shelf, this.#shelf.resources(resources));
    const contents = page.dictionary.get('Contents');
    const resolved = document.resolve(contents);
    for (const part of isArray(resolved) ? resolved : contents === undefined ? [] : [contents]) {
      // Pages may share one long list of parts that hold nothing.
      document.budget.spend(partCost);
      const stream = document.resolve(part);
      if (!(stream instanceof PdfStream) || !(part instanceof Ref)) {
        if (part !== null) look.damage();
        continue;
      }
      for (const { name } of filtersOf(stream.dictionary, document.resolve))
        this.evidence.noteFilter(name, page.number);
      interpreter.run(document.contentData(stream, part));
    }
    readAnnotations(document, page, this.evidence);
  }
}

/** By the dictionaries of their streams, which the document keeps while they are in use. */
type PictureShelf = WeakMap<Dictionary, Picture>;

function createShelf(document: PdfDocument): ContentShelf {
  const fonts = new Map<number, FontFacts | undefined>();
  const kept = new WeakMap<Dictionary, Resources>();
  return {
    font: (value: PdfValue) => {
      if (!(value instanceof Ref)) return readFont(document, value);
      if (fonts.has(value.number)) return fonts.get(value.number);
      const font = readFont(document, value);
      if (fonts.size < mostFonts) fonts.set(value.number, font);
      return font;
    },
    resources: (dictionary) => {
      if (dictionary === undefined) return new Resources(document, undefined);
      const known = kept.get(dictionary);
      if (known) return known;
      const resources = new Resources(document, dictionary);
      kept.set(dictionary, resources);
      return resources;
    },
  };
}

/** Pictures of a page whose places are compared, and those that its facts describe. */
const mostPlaced = 200;
const mostDescribed = 8;
const pointsPerInch = 72;

/** What one page shows, gathered while its content is run. */
class PageLook implements ContentSink {
  isDamaged = false;
  readonly #document: PdfDocument;
  readonly #page: number;
  readonly #size: PageSize | undefined;
  readonly #evidence: Evidence;
  readonly #known: PictureShelf;
  readonly #described: boolean;
  readonly #pictures: PlacedPicture[] = [];
  #pictureCount = 0;
  #colour: ColourClass | null = null;
  #visible = 0;
  #invisible = 0;

  constructor(
    document: PdfDocument,
    page: number,
    size: PageSize | undefined,
    evidence: Evidence,
    known: PictureShelf,
    described: boolean,
  ) {
    this.#document = document;
    this.#page = page;
    this.#size = size;
    this.#evidence = evidence;
    this.#known = known;
    this.#described = described;
  }

  picture(dictionary: Dictionary, matrix: Matrix, resources: Resources, fill: ColourClass, stream?: PdfStream): void {
    const picture = this.#read(dictionary, resources, fill, stream);
    this.#pictureCount += 1;
    for (const name of picture.filters) this.#evidence.noteFilter(name, this.#page);
    for (const name of picture.mask?.filters ?? []) this.#evidence.noteFilter(name, this.#page);
    if (picture.jbig2 === 'symbols' || picture.mask?.jbig2 === 'symbols') this.#evidence.symbolCoding.note(this.#page);
    if (this.#document.resolve(dictionary.get('SMask')) instanceof PdfStream) {
      this.#evidence.transparency.note(this.#page);
    }
    if (picture.space?.device && !resources.replacesDeviceColours) this.deviceColour(picture.space.device);
    this.paint(picture.colour);
    if (!this.#described || this.#pictures.length >= mostPlaced) return;
    this.#pictures.push({ facts: this.#describe(picture, matrix), box: unitSquareUnder(matrix) });
  }

  #read(dictionary: Dictionary, resources: Resources, fill: ColourClass, stream?: PdfStream): Picture {
    const known = this.#known.get(dictionary);
    // A stencil has the colour that it is painted with.
    if (known) return known.isStencil ? { ...known, colour: fill } : known;
    const picture = readPicture(this.#document, dictionary, resources, fill, stream);
    if (stream) this.#known.set(dictionary, picture);
    return picture;
  }

  paint(colour: ColourClass): void {
    this.#colour = strongerColour(this.#colour, colour);
  }

  text(characters: number, isVisible: boolean, font: FontFacts | undefined): void {
    if (isVisible) this.#visible += characters;
    else this.#invisible += characters;
    if (isVisible && font && this.#evidence.fonts.size < mostFonts) this.#evidence.fonts.add(font);
  }

  deviceColour(space: DeviceSpace): void {
    this.#evidence.deviceSpaces.add(space);
  }

  graphicsState(state: Dictionary): void {
    this.#evidence.noteState(this.#document, state, this.#page);
  }

  form(dictionary: Dictionary): void {
    this.#evidence.noteGroup(this.#document, dictionary, this.#page);
    for (const { name } of filtersOf(dictionary, this.#document.resolve)) this.#evidence.noteFilter(name, this.#page);
  }

  missing(kind: 'XObject' | 'Font'): void {
    if (kind === 'XObject') this.#evidence.missingPictures.note(this.#page);
  }

  damage(): void {
    this.isDamaged = true;
  }

  facts(): PageFacts {
    const pictures = this.#pictures.sort((one, other) => areaOf(other.box) - areaOf(one.box));
    const scans = withoutFills(pictures);
    const layout = layoutOf(scans);
    const size = this.#size;
    return {
      widthMm: size ? tenth(size.width) : null,
      heightMm: size ? tenth(size.height) : null,
      rotation: size?.rotation ?? 0,
      sizeClass: size ? sheetClassOf(size.width, size.height) : null,
      ...(size && size.userUnit !== 1 ? { userUnit: size.userUnit } : {}),
      images: [...new Set([...scans, ...pictures])].slice(0, mostDescribed).map(({ facts }) => facts),
      imageCount: this.#pictureCount,
      layout,
      dpi: dpiOf(scans, layout),
      colour: this.#colour,
      text: { visible: this.#visible, invisible: this.#invisible },
    };
  }

  #describe({ space: _, mask, ...picture }: Picture, matrix: Matrix): PictureFacts {
    const dpi = this.#dpiOf(picture.width, picture.height, matrix);
    if (!mask) return { ...picture, dpi };
    return { ...picture, dpi, mask: { ...mask, dpi: this.#dpiOf(mask.width, mask.height, matrix) } };
  }

  /** Pixels along the two sides of the picture over the lengths that the matrix gives them. */
  #dpiOf(width: number, height: number, [a, b, c, d]: Matrix): Dpi | null {
    const unit = (this.#size?.userUnit ?? 1) / pointsPerInch;
    const across = Math.hypot(a, b) * unit;
    const down = Math.hypot(c, d) * unit;
    const dpi: Dpi = [tenth(width / across), tenth(height / down)];
    return dpi.every((value) => Number.isFinite(value) && value > 0) ? dpi : null;
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
