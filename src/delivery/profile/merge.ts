type Plain = Readonly<Record<string, unknown>>;

/**
 * Puts a profile together from its base to its most particular part: objects are merged member by member, rules by their
 * id (a later one changes the members that it names), everything else is replaced. null takes a member away.
 */
export function mergeProfiles(parts: readonly Plain[]): Plain {
  return parts.reduce((base, more) => mergeObjects(base, more, []), {});
}

/** Deeper than any profile: what is nested further is replaced as a whole. */
const MAXIMUM_DEPTH = 20;

function mergeObjects(base: Plain, more: Plain, path: readonly string[]): Plain {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(more)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergeValues(merged.get(name), value, [...path, name]));
  }
  return Object.fromEntries(merged);
}

function mergeValues(base: unknown, more: unknown, path: readonly string[]): unknown {
  if (path.length === 1 && path[0] === 'rules' && Array.isArray(base) && Array.isArray(more)) {
    return mergeRules(base, more);
  }
  const merge = isPlain(base) && isPlain(more) && path.length < MAXIMUM_DEPTH;
  return merge ? mergeObjects(base, more, path) : more;
}

/** The kinds of rules: a rule that changes its kind replaces the one of its id. */
const kinds = ['check', 'unique', 'sequence', 'sum', 'count', 'order', 'list', 'ledger'];

function mergeRules(base: readonly unknown[], more: readonly unknown[]): unknown[] {
  const rules = [...base];
  for (const rule of more) {
    const at = isPlain(rule) ? rules.findIndex((known) => isPlain(known) && known.id === rule.id) : -1;
    const known = rules[at];
    if (!isPlain(rule) || !isPlain(known)) rules.push(rule);
    else rules[at] = changesKind(known, rule) ? rule : mergeObjects(known, rule, ['rules']);
  }
  return rules;
}

function changesKind(known: Plain, rule: Plain): boolean {
  return kinds.some((kind) => kind in rule && !(kind in known));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
