import { type Language, text } from '../shared/language.ts';
import { packageVersion } from '../shared/package.ts';
import type { Command } from './command.ts';
import { commandTopics } from './command-topics.ts';
import { loadAllCommands } from './registry.ts';

const commandWord = text({ de: 'Befehle', en: 'Commands' });

/** The overview of all commands by topic, or of one group. */
export async function overview(language: Language, group?: string): Promise<string> {
  const commands = (await loadAllCommands()).filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const row = ({ name, summary }: Command) => `  ${name.padEnd(width)}  ${summary[language]}`;
  const title = text({
    de: 'vom Regal ins DMS, vom Haushaltsansatz zur abgenommenen Seite',
    en: 'from the shelf to the DMS, from the budget to the accepted page',
  });
  const usage = text({ de: 'Aufruf:', en: 'Usage:' })[language];
  const form = text({ de: 'BEFEHL [OPTIONEN]', en: 'COMMAND [OPTIONS]' });
  const list = (title: string, members: readonly Command[]) => [`${title}:`, ...members.map(row), ''];
  const topic = ({ title, words }: (typeof commandTopics)[number]) =>
    list(
      title[language],
      words.flatMap((word) => commands.filter(({ name }) => name.split(' ')[0] === word)),
    );
  const more = text({
    de: 'Hilfe zu einem Befehl: scanlot BEFEHL --help\nErste Schritte:        scanlot demo',
    en: 'Help for a command: scanlot COMMAND --help\nFirst steps:        scanlot demo',
  });
  return [
    `scanlot ${packageVersion()}: ${title[language]}`,
    '',
    `${usage} scanlot ${group ?? ''}${group ? ' ' : ''}${form[language]}`,
    '',
    ...(group === undefined ? commandTopics.flatMap(topic) : list(commandWord[language], commands)),
    more[language],
    '',
  ].join('\n');
}
