import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../findings/catalogue.ts';
import type { FindingDefinition, FindingKind, Severity } from '../findings/definition.ts';
import type { FindingCode } from '../findings/finding.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import { packagePath } from '../shared/package.ts';

export const findingCodes = Object.keys(catalogue) as FindingCode[];

/** The first part of a code: what it is about. */
export function topicOf(code: FindingCode): string {
  return code.slice(0, code.indexOf('.'));
}

export const topics: readonly string[] = [...new Set(findingCodes.map(topicOf))];

export const severityNames: Readonly<Record<Severity, Text>> = {
  error: text({ de: 'Fehler', en: 'error' }),
  warning: text({ de: 'Warnung', en: 'warning' }),
  note: text({ de: 'Hinweis', en: 'note' }),
};

export const kindNames: Readonly<Record<FindingKind, Text>> = {
  defect: text({ de: 'Mangel', en: 'defect' }),
  unjudged: text({ de: 'nicht prüfbar', en: 'could not be judged' }),
};

/** Folder of the package that shows the finding, seen from the program's folder; undefined where there is none. */
export function sampleOf(code: FindingCode): string | undefined {
  const sample = join('samples', 'broken', code);
  return existsSync(packagePath(sample)) ? sample : undefined;
}

/** A finding of the catalogue as --json tells it. */
export function findingRecord(code: FindingCode, language: Language) {
  const { severity, kind, title, remedy, reference }: FindingDefinition<never> = catalogue[code];
  return {
    code,
    topic: topicOf(code),
    severity,
    kind,
    title: title[language],
    remedy: remedy[language],
    reference: reference ?? null,
    sample: sampleOf(code) ?? null,
  };
}
