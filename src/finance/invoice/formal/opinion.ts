/** What a validator says of one invoice. */
export interface FormalOpinion {
  /** Null: it could not judge. */
  readonly valid: boolean | null;
  /** Why it could not, or what else it says. */
  readonly reason: string;
  readonly messages: readonly FormalMessage[];
}

export interface FormalMessage {
  readonly level: 'error' | 'warning' | 'information';
  /** "BR-DE-1", "val-xsd"; "" where it names none. */
  readonly rule: string;
  /** Place in the XML: an XPath or a line; "" where it tells none. */
  readonly location: string;
  readonly text: string;
}

/** Messages that are kept; a document with more is wrong beyond counting. */
export const mostMessages = 200;

export function messageOf(level: string, rule: string, location: string, text: string): FormalMessage {
  const known = level === 'warning' || level === 'information' ? level : 'error';
  return {
    level: known,
    rule: rule.trim().slice(0, 60),
    location: location.trim().slice(0, 300),
    // The rule's name stands before most texts once more.
    text: text
      .replace(/\s+/g, ' ')
      .replace(/^\s*\[[\w.-]{1,60}\]\s*-?/, '')
      .trim()
      .slice(0, 1000),
  };
}
