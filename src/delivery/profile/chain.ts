import { dirname, join } from 'node:path';
import { openDocument, type SourceDocument } from '../../shared/document.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { mergeProfiles } from './merge.ts';
import { type Places, placesIn } from './places.ts';

type Plain = Readonly<Record<string, unknown>>;
type Steps = readonly (string | number)[];

/** A profile with the base profiles that it extends, and what holds for one lot. */
export interface ProfileChain {
  /** The profile with everything that it inherits; not yet held against the schema. */
  readonly resolved: unknown;
  /** Lots with a variant of their own, in the order in which they are written. */
  readonly lots: readonly string[];
  /** Names of the files that were read, the profile first. */
  readonly files: readonly string[];
  /** Where a member of the resolved profile is written. */
  placeOf(steps: Steps, offset?: number): ProfilePlace;
}

/** A place in one of the files of a profile; line and column are counted from 1. */
export interface ProfilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Base profiles above one another; more is a maze. */
const MAXIMUM_DEPTH = 8;

/** One part that goes into the profile, the most particular first: its document, and where in it the part begins. */
interface Layer {
  readonly document: SourceDocument;
  readonly places: Places;
  readonly prefix: Steps;
  readonly value: Plain;
}

/**
 * Reads a profile and all that it extends.
 * @param lot the lot whose variant holds; one without a variant gets the profile as it is for all
 * @throws UsageError when a file cannot be read, the chain is a loop or too long
 */
export function readChain(path: string, lot?: string): ProfileChain {
  const documents = readDocuments(path);
  const layers = documents.flatMap((document) => layersOf(document, lot));
  const parts = layers.map(({ value }) => value).reverse();
  const resolved = resolve(documents[0]?.value, parts);
  return {
    resolved,
    lots: [...new Set(documents.flatMap(({ value }) => lotsOf(value)))],
    files: documents.map((document) => document.path),
    placeOf: (steps, offset) => placeOf(layers, resolved, steps, offset),
  };
}

/** What was inherited is there; what is written wrongly about it stays, to be held against the schema. */
function resolve(own: unknown, parts: readonly Plain[]): unknown {
  if (!isPlain(own)) return own;
  const { extends: base, lots } = own;
  return {
    ...mergeProfiles(parts),
    ...(base === undefined || typeof base === 'string' ? {} : { extends: base }),
    ...(lots === undefined ? {} : { lots }),
  };
}

function readDocuments(path: string): SourceDocument[] {
  const documents: SourceDocument[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    if (documents.some((document) => document.path === next)) throw loop(path, [...documents.map((d) => d.path), next]);
    if (documents.length === MAXIMUM_DEPTH) throw tooDeep(path);
    const document: SourceDocument = openDocument(next);
    documents.push(document);
    next = baseOf(document);
  }
  return documents;
}

/** The file that a profile extends: beside it, and nowhere else. */
function baseOf({ path, value }: SourceDocument): string | undefined {
  if (!isPlain(value) || value.extends === undefined) return undefined;
  const name = String(value.extends).replace(/^\.\//, '');
  if (isBesides(name)) return join(dirname(path), name);
  throw new UsageError(
    'profile.base-elsewhere',
    text({
      de: `${path}: extends „${name}“ nennt keine Datei im selben Ordner.`,
      en: `${path}: extends "${name}" names no file in the same folder.`,
    }),
    text({ de: 'Das Grundprofil daneben legen: "./grundprofil.json".', en: 'Put the base beside it: "./base.json".' }),
  );
}

/** Whether a name is that of a file in the same folder. */
export function isBesides(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\:\0]/.test(name);
}

function loop(path: string, files: readonly string[]): UsageError {
  return new UsageError(
    'profile.base-loop',
    text({
      de: `Das Lieferprofil ${path} baut über „extends“ auf sich selbst auf.`,
      en: `The delivery profile ${path} extends itself.`,
    }),
    text({ de: `Die Kette unterbrechen: ${files.join(' → ')}`, en: `Break the chain: ${files.join(' → ')}` }),
  );
}

function tooDeep(path: string): UsageError {
  return new UsageError(
    'profile.base-depth',
    text({
      de: `Das Lieferprofil ${path} baut auf mehr als ${MAXIMUM_DEPTH - 1} Grundprofilen auf.`,
      en: `The delivery profile ${path} extends more than ${MAXIMUM_DEPTH - 1} base profiles.`,
    }),
    text({ de: 'Grundprofile zusammenfassen.', en: 'Combine base profiles.' }),
  );
}

function layersOf(document: SourceDocument, lot: string | undefined): Layer[] {
  const { value } = document;
  const places = placesIn(document.source);
  const { extends: _base, lots, ...common } = isPlain(value) ? value : {};
  const whole: Layer = { document, places, prefix: [], value: common };
  const variant = lot !== undefined && isPlain(lots) && Object.hasOwn(lots, lot) ? lots[lot] : undefined;
  return isPlain(variant) ? [{ document, places, prefix: ['lots', lot ?? ''], value: variant }, whole] : [whole];
}

function lotsOf(value: unknown): string[] {
  return isPlain(value) && isPlain(value.lots) ? Object.keys(value.lots) : [];
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The most particular layer that has the member; where none has it, its nearest parent. */
function placeOf(layers: readonly Layer[], resolved: unknown, steps: Steps, offset: number | undefined): ProfilePlace {
  for (let length = steps.length; length >= 0; length -= 1) {
    const part = steps.slice(0, length);
    for (const { document, places, prefix, value } of layers) {
      const there = [...prefix, ...ownSteps(value, resolved, part)];
      if (!places.has(there) && length > 0) continue;
      return { file: document.path, ...places.of(there, length === steps.length ? offset : 0) };
    }
  }
  return { file: layers[0]?.document.path ?? '', line: 1, column: 1 };
}

/** Rules are merged by id: the third of the resolved profile may be the first of the layer. */
function ownSteps(layer: Plain, resolved: unknown, steps: Steps): Steps {
  const [first, index, ...rest] = steps;
  if (first !== 'rules' || index === undefined) return steps;
  const id = ruleAt(isPlain(resolved) ? resolved.rules : undefined, Number(index))?.id;
  const own = Array.isArray(layer.rules) ? layer.rules.findIndex((rule) => isPlain(rule) && rule.id === id) : -1;
  if (id === undefined) return steps;
  return own < 0 ? ['rules', -1] : [first, own, ...rest];
}

function ruleAt(rules: unknown, index: number): Plain | undefined {
  const rule: unknown = Array.isArray(rules) ? rules[index] : undefined;
  return isPlain(rule) ? rule : undefined;
}
