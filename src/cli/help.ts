import { type Language, text } from '../shared/language.ts';
import { packageVersion } from '../shared/package.ts';
import type { Command } from './command.ts';
import { loadAllCommands } from './registry.ts';

/** The overview of all commands, or of one group. */
export async function overview(language: Language, group?: string): Promise<string> {
  const commands = (await loadAllCommands()).filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const row = ({ name, summary }: Command) => `  ${name.padEnd(width)}  ${summary[language]}`;
  const title = text({
    de: 'vom Regal ins DMS, vom Haushaltsansatz zur abgenommenen Seite',
    en: 'from the shelf to the DMS, from the budget to the accepted page',
  });
  const usage = text({ de: 'Aufruf:', en: 'Usage:' })[language];
  const list = text({ de: 'Befehle:', en: 'Commands:' })[language];
  const more = text({
    de: 'Hilfe zu einem Befehl: scanlot BEFEHL --help\nErste Schritte:         scanlot demo',
    en: 'Help for a command: scanlot COMMAND --help\nFirst steps:        scanlot demo',
  });
  return [
    `scanlot ${packageVersion()}: ${title[language]}`,
    '',
    `${usage} scanlot ${group ?? ''}${group ? ' ' : ''}COMMAND [OPTIONS]`,
    '',
    list,
    ...commands.map(row),
    '',
    more[language],
    '',
  ].join('\n');
}
