import { formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { catalogue } from './catalogue.ts';
import type { FindingDefinition, FindingKind, Severity } from './definition.ts';

export type FindingCode = keyof typeof catalogue;

/** The arguments that belong to one code. */
export type FindingArgs<Code extends FindingCode> =
  (typeof catalogue)[Code] extends FindingDefinition<infer Args> ? Args : never;

/** Where a finding is: the file in the package, and the page or row in it, both counted from 1. */
export interface Place {
  /** Path in the package with "/" between folders; "" for the package as a whole. */
  readonly path: string;
  readonly page?: number;
  /** Row of a manifest as an editor or spreadsheet counts it: the header is row 1. */
  readonly row?: number;
  /** The file (Akte) that it concerns, where known. */
  readonly reference?: string;
}

/** One thing that is wrong: data, not an exception. It survives JSON unchanged. */
export type Finding = {
  [Code in FindingCode]: Place & { readonly code: Code; readonly severity: Severity; readonly args: FindingArgs<Code> };
}[FindingCode];

/** A finding before it has a path: what a format reader observes inside one file. */
export type Observation = {
  [Code in FindingCode]: { readonly code: Code; readonly args: FindingArgs<Code>; readonly page?: number };
}[FindingCode];

/** Makes a finding with the catalogue's severity. */
export function createFinding<Code extends FindingCode>(code: Code, place: Place, args: FindingArgs<Code>): Finding {
  return { code, severity: catalogue[code].severity, ...place, args } as Finding;
}

/** Gives an observation its place in the package. */
export function placeObservation(observation: Observation, place: Place): Finding {
  const { page } = observation;
  return {
    code: observation.code,
    severity: catalogue[observation.code].severity,
    ...place,
    ...(page === undefined ? {} : { page }),
    args: observation.args,
  } as Finding;
}

/** The sentence for people. */
export function messageOf(finding: Pick<Finding, 'code' | 'args'>, language: Language): string {
  const definition = catalogue[finding.code] as FindingDefinition<object>;
  return definition.message[language](finding.args, formats[language]);
}

export function titleOf(code: FindingCode, language: Language): string {
  return catalogue[code].title[language];
}

export function remedyOf(code: FindingCode, language: Language): string {
  return catalogue[code].remedy[language];
}

export function kindOf(code: FindingCode): FindingKind {
  return catalogue[code].kind;
}

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(catalogue, code);
}
