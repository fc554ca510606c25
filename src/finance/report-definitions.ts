import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { definitionMistakes } from '../reporting/definition/check-definition.ts';
import type { ReportDefinition } from '../reporting/definition/definition.ts';
import { readDocument } from '../shared/document.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { packagePath } from '../shared/package.ts';
import type { WorkspacePaths } from '../storage/workspace.ts';
import { datasetSources } from './datasets/index.ts';

/** Where a definition stands, and whose it is. */
export interface DefinitionFile {
  readonly name: string;
  readonly path: string;
  /** "scanlot" or "workspace": a county's own. */
  readonly from: 'scanlot' | 'workspace';
}

/** The reports that a definition may be based on. */
export const baseReports = ['cost-against-budget'] as const;

/** All definitions by name: those of the program, and in their place or beside them those of the workspace's `reports`. */
export function listDefinitions(paths?: WorkspacePaths): DefinitionFile[] {
  const found = new Map<string, DefinitionFile>();
  for (const file of definitionsIn(packagePath('reports'), 'scanlot')) found.set(file.name, file);
  if (paths) for (const file of definitionsIn(reportsFolder(paths), 'workspace')) found.set(file.name, file);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of a county's own definitions and letter templates. */
export function reportsFolder({ root }: WorkspacePaths): string {
  return join(root, 'reports');
}

function definitionsIn(folder: string, from: DefinitionFile['from']): DefinitionFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(json|ya?ml)$/i.test(name))
    .sort()
    .map((name) => ({ name: name.replace(/\.(json|ya?ml)$/i, ''), path: join(folder, name), from }));
}

/** Reads a definition. @throws UsageError that lists every mistake of form and every name that nothing goes by */
export function readDefinition({ path, name }: DefinitionFile): ReportDefinition {
  const definition = readDocument<ReportDefinition>(path, 'report-definition-1');
  const datasets = new Map(Object.entries(datasetSources).map(([key, { fields }]) => [key, fields]));
  const mistakes = definitionMistakes(definition, { datasets, bases: baseReports });
  if (definition.name !== name) {
    mistakes.push(
      text({
        de: `name: „${definition.name}“ heißt anders als die Datei`,
        en: `name: "${definition.name}" differs from the name of the file`,
      }),
    );
  }
  if (mistakes.length === 0) return definition;
  throw new UsageError(
    'report.definition-inconsistent',
    text({ de: `Die Berichtsdefinition ${path} stimmt nicht.`, en: `The report definition ${path} is not sound.` }),
    text({
      de: 'Die genannten Stellen berichtigen; Datensätze und ihre Felder beschreibt docs/reports.md.',
      en: 'Mend the places named; datasets and their fields are described in docs/reports.md.',
    }),
    mistakes,
  );
}

/** The letter template that a definition names: that of the workspace, else the one beside the definition. */
export function letterPath(file: DefinitionFile, letter: string, paths: WorkspacePaths): string {
  const own = join(reportsFolder(paths), letter);
  if (existsSync(own)) return own;
  const beside = join(dirname(file.path), letter);
  return existsSync(beside) ? beside : packagePath('reports', letter);
}
