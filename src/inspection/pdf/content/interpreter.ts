import type { ColourClass } from '../../page-facts.ts';
import { colourOfComponents, type DeviceSpace } from '../colour-space.ts';
import { attempt, PdfDamage } from '../damage.ts';
import type { PdfDocument } from '../document.ts';
import type { FontFacts } from '../font.ts';
import { Lexer, tokens } from '../lexer.ts';
import { Name } from '../names.ts';
import { type Dictionary, isArray, PdfStream, type PdfValue, Ref } from '../values.ts';
import { colourIn, type GraphicsState, initialState } from './graphics-state.ts';
import { readInlineImage } from './inline-image.ts';
import { type Matrix, multiply, toMatrix } from './matrix.ts';
import { type Actions, operators } from './operators.ts';
import type { ResourceKind, Resources } from './resources.ts';

/** What a content stream does, told to whoever looks at a page. */
export interface ContentSink {
  picture(dictionary: Dictionary, matrix: Matrix, resources: Resources, fill: ColourClass, stream?: PdfStream): void;
  paint(colour: ColourClass): void;
  /** Text of so many characters. */
  text(characters: number, isVisible: boolean, font: FontFacts | undefined): void;
  deviceColour(space: DeviceSpace): void;
  /** A graphics state by name was applied, or a form painted: both may be transparent. */
  graphicsState(state: Dictionary): void;
  form(dictionary: Dictionary): void;
  /** A name that the resources do not hold. */
  missing(kind: 'XObject' | 'Font'): void;
  damage(): void;
}

/** What the reader of a document keeps for all its pages. */
export interface ContentShelf {
  font(value: PdfValue): FontFacts | undefined;
  resources(dictionary: Dictionary | undefined): Resources;
}

/** Forms in forms; no honest writer goes deeper. */
const deepestForm = 16;
const mostSaved = 512;
const mostOperands = 64;
/** Wrong tokens after which a stream is given up. */
const mostMistakes = 100;
/** What an operator that leads elsewhere costs of the budget, beside the bytes it reads. */
const visitCost = 64;

/** Runs content streams (ISO 32000-2, 7.8.2) as far as it takes to know what a page shows, without painting it. */
export class Interpreter {
  readonly #document: PdfDocument;
  readonly #sink: ContentSink;
  readonly #shelf: ContentShelf;
  #state: GraphicsState;
  #saved: GraphicsState[] = [];
  /** Of the page and the forms around: viewers look there for what the resources of a form do not name. */
  readonly #outerResources: Resources[] = [];
  #resources: Resources;
  #depth = 0;
  readonly #numbers: number[] = [];
  #operand: Name | undefined;
  #textBytes = 0;
  #mistakes = 0;

  constructor(document: PdfDocument, sink: ContentSink, shelf: ContentShelf, resources: Resources) {
    this.#document = document;
    this.#sink = sink;
    this.#shelf = shelf;
    this.#resources = resources;
    this.#state = initialState();
  }

  /** Runs decoded content; several parts of one page follow each other. @throws PdfDamage 'too-complex' */
  run(data: Uint8Array): void {
    const lexer = new Lexer(data);
    while (this.#mistakes < mostMistakes && this.#step(lexer)) {
      // Each step is one token.
    }
  }

  /** @returns false at the end of the data, or where nothing behind can be understood */
  #step(lexer: Lexer): boolean {
    const start = lexer.position;
    try {
      return this.#token(lexer);
    } catch (error) {
      if (!(error instanceof PdfDamage) || error.reason === 'too-complex' || error.reason === 'encrypted') throw error;
      this.#mistakes += 1;
      this.#sink.damage();
      this.#clear();
      lexer.position = Math.max(lexer.position, start + 1);
      return lexer.position < lexer.bytes.length;
    }
  }

  #token(lexer: Lexer): boolean {
    switch (lexer.next()) {
      case tokens.end:
        return false;
      case tokens.number:
        if (this.#numbers.length < mostOperands) this.#numbers.push(lexer.number);
        return true;
      case tokens.name:
        this.#operand = lexer.name;
        return true;
      case tokens.string:
        this.#textBytes += lexer.stringLength;
        return true;
      case tokens.keyword:
        this.#operator(lexer.keyword, lexer);
        this.#clear();
        return true;
      default:
        return true;
    }
  }

  #clear(): void {
    this.#numbers.length = 0;
    this.#operand = undefined;
    this.#textBytes = 0;
  }

  #operator(operator: string, lexer: Lexer): void {
    const act = operators[operator];
    if (act) act(this.#actions, this.#numbers);
    else if (operator === 'BI') this.#inlineImage(lexer);
  }

  readonly #actions: Actions = {
    save: () => {
      if (this.#saved.length < mostSaved) this.#saved.push({ ...this.#state });
    },
    restore: () => {
      this.#state = this.#saved.pop() ?? this.#state;
    },
    transform: (numbers) => {
      const matrix = toMatrix(numbers);
      if (matrix) this.#state.matrix = multiply(matrix, this.#state.matrix);
    },
    setColour: (target, components, device) => {
      this.#state[target] = colourOfComponents(components);
      this.#state[target === 'fill' ? 'fillSpace' : 'strokeSpace'] = undefined;
      this.#tellDevice(device);
    },
    setSpace: (target) => this.#setSpace(target),
    setColourInSpace: (target, numbers) => {
      const space = target === 'fill' ? this.#state.fillSpace : this.#state.strokeSpace;
      // A name is a pattern, whose colours are not looked at.
      this.#state[target] = this.#operand ? 'colour' : colourIn(space, numbers);
    },
    paint: (filled, stroked) => {
      if (filled) this.#sink.paint(this.#state.fill);
      if (stroked) this.#sink.paint(this.#state.stroke);
    },
    shade: () => this.#sink.paint('colour'),
    applyState: () => this.#applyState(),
    setTextMode: ([mode = 0]) => {
      this.#state.textMode = mode;
    },
    setFont: () => this.#setFont(),
    showText: () => this.#showText(),
    draw: () => this.#draw(),
  };

  #find(kind: ResourceKind, name: string): PdfValue | undefined {
    return this.#resourcesWith(kind, name).find(kind, name);
  }

  /** Those that hold the name; the innermost where none do. */
  #resourcesWith(kind: ResourceKind, name: string): Resources {
    const holds = (resources: Resources) => resources.find(kind, name) !== undefined;
    return holds(this.#resources) ? this.#resources : (this.#outerResources.findLast(holds) ?? this.#resources);
  }

  #tellDevice(space: DeviceSpace | undefined): void {
    if (space && !this.#resources.replacesDeviceColours) this.#sink.deviceColour(space);
  }

  #setSpace(target: 'fill' | 'stroke'): void {
    const name = this.#operand;
    if (!name) return;
    const space = this.#resourcesWith('ColorSpace', name.text).namedColourSpace(name.text, name);
    this.#state[target === 'fill' ? 'fillSpace' : 'strokeSpace'] = space;
    this.#state[target] = 'bw';
    this.#tellDevice(space.device);
  }

  #applyState(): void {
    const found = this.#operand && this.#document.dictionary(this.#find('ExtGState', this.#operand.text));
    if (!found) return;
    this.#document.budget.spend(visitCost);
    this.#sink.graphicsState(found);
    const font = this.#document.resolve(found.get('Font'));
    if (isArray(font) && font[0] !== undefined) this.#state.font = this.#shelf.font(font[0]);
  }

  #setFont(): void {
    if (!this.#operand) return;
    const value = this.#find('Font', this.#operand.text);
    this.#state.font = value === undefined ? undefined : this.#shelf.font(value);
    if (value === undefined) this.#sink.missing('Font');
  }

  #showText(): void {
    if (this.#textBytes === 0) return;
    const { font, textMode, fill, stroke } = this.#state;
    const isVisible = textMode !== 3 && textMode !== 7;
    if (isVisible) this.#sink.paint(textMode === 1 || textMode === 5 ? stroke : fill);
    this.#sink.text(Math.floor(this.#textBytes / (font?.codeBytes ?? 1)), isVisible, font);
  }

  #inlineImage(lexer: Lexer): void {
    const dictionary = readInlineImage(lexer);
    this.#document.budget.spend(visitCost);
    this.#sink.picture(dictionary, this.#state.matrix, this.#resources, this.#state.fill);
  }

  #draw(): void {
    if (!this.#operand) return;
    this.#document.budget.spend(visitCost);
    const reference = this.#find('XObject', this.#operand.text);
    const found = this.#document.resolve(reference);
    if (!(found instanceof PdfStream)) {
      this.#sink.missing('XObject');
      return;
    }
    const subtype = this.#document.resolve(found.dictionary.get('Subtype'));
    const kind = subtype instanceof Name ? subtype.text : '';
    if (kind === 'Image') {
      this.#sink.picture(found.dictionary, this.#state.matrix, this.#resources, this.#state.fill, found);
    } else if (kind === 'Form' && reference instanceof Ref && this.#depth < deepestForm) {
      this.#runForm(found, reference);
    }
  }

  /** Paints a form (8.10.1): its own state, matrix and resources; those of the page where it has none. */
  #runForm(form: PdfStream, reference: Ref): void {
    this.#sink.form(form.dictionary);
    const data = attempt(() => this.#document.contentData(form, reference));
    if (data instanceof PdfDamage) {
      if (data.reason === 'too-complex' || data.reason === 'encrypted') throw data;
      this.#sink.damage();
      return;
    }
    const [state, saved, resources] = [this.#state, this.#saved, this.#resources];
    const matrix = this.#document.resolve(form.dictionary.get('Matrix'));
    // One more than a matrix has is none; a hostile one has millions.
    const own = isArray(matrix) ? toMatrix(matrix.slice(0, 7).map(this.#document.resolve)) : undefined;
    const ownResources = this.#document.dictionary(form.dictionary.get('Resources'));
    this.#state = own ? { ...state, matrix: multiply(own, state.matrix) } : { ...state };
    this.#saved = [];
    if (ownResources) this.#resources = this.#shelf.resources(ownResources);
    this.#outerResources.push(resources);
    this.#depth += 1;
    this.#clear();
    this.run(data);
    this.#depth -= 1;
    this.#outerResources.pop();
    this.#state = state;
    this.#saved = saved;
    this.#resources = resources;
  }
}
