import { type FormalMessage, type FormalOpinion, messageOf, mostMessages } from './opinion.ts';

/**
 * Reads the first JSON line that tells a result: `valid` (true, false, or null where it could not be judged), `findings`
 * with `level`, `id`, `location` or `line`, `text`; `error` says why it could not be judged.
 * @returns undefined when there is none
 */
export function readJsonResult(output: string): FormalOpinion | undefined {
  for (const line of output.split('\n')) {
    const document = attempt(line);
    if (!document || !('valid' in document)) continue;
    const { valid, error, findings } = document;
    const messages = Array.isArray(findings) ? findings.slice(0, mostMessages).flatMap(messageIn) : [];
    return { valid: typeof valid === 'boolean' ? valid : null, reason: textOf(error), messages };
  }
  return undefined;
}

function messageIn(finding: unknown): FormalMessage[] {
  if (typeof finding !== 'object' || finding === null) return [];
  const { level, id, location, line, text } = finding as Readonly<Record<string, unknown>>;
  const place = textOf(location) || (typeof line === 'number' ? `line ${line}` : '');
  return [messageOf(textOf(level), textOf(id), place, textOf(text))];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function attempt(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
