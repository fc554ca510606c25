import type { Format } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';

/** error: the delivery cannot be accepted with it. warning: a person has to look. note: told for completeness. */
export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/** The wording of one finding; `args` are typed by its code, so a wording cannot name what the check does not tell. */
type Wording<Args> = (args: Args, format: Format) => string;

/**
 * `defect`: the delivery is wrong. `unjudged`: the item could not be judged at all (unreadable, engine died), which is
 * never a pass and is counted on its own.
 */
export type FindingKind = 'defect' | 'unjudged';

export interface FindingDefinition<Args> {
  readonly severity: Severity;
  readonly kind: FindingKind;
  /** A few words that name the kind of finding. */
  readonly title: Readonly<Record<Language, string>>;
  /** One sentence that tells what is wrong with this item. */
  readonly message: Readonly<Record<Language, Wording<Args>>>;
  /** What the vendor (or we) should do now. */
  readonly remedy: Readonly<Record<Language, string>>;
  /** The standard and clause behind it, where there is one. */
  readonly reference?: string;
}

/** Declares one finding of the catalogue. */
export function finding<Args extends object>(
  definition: Omit<FindingDefinition<Args>, 'kind'> & { readonly kind?: FindingKind },
): FindingDefinition<Args> {
  return { kind: 'defect', ...definition };
}
