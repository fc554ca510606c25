import { type Waiting, waitingTasks } from '../../overview/waiting.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';

const people: Readonly<Record<Waiting['who'], Text>> = {
  'project-lead': text({ de: 'Projektleitung', en: 'project lead' }),
  validation: text({ de: 'Prüfung', en: 'validation' }),
  it: text({ de: 'IT', en: 'IT' }),
  vendor: text({ de: 'Dienstleister', en: 'vendor' }),
};

export default defineCommand({
  name: 'status',
  summary: text({ de: 'was auf wen wartet, auf einen Blick', en: 'what waits for whom, at a glance' }),
  examples: ['scanlot status', 'scanlot status --json'],
  workspace: 'read',
  output: {
    schema: 'status-1',
    members: { county: 'name of the county', workspace: 'path', waiting: 'task, who, what, count, command' },
  },
  run: async ({ workspace, language }) => {
    const waiting = await waitingTasks(workspace);
    return {
      data: {
        county: workspace.config.county,
        workspace: workspace.paths.root,
        waiting: waiting.map((task) => ({ ...task, what: task.what[language] })),
      },
      render: (printer) => {
        printer.line(workspace.config.county, 'strong');
        if (waiting.length === 0) return printer.line(text({ de: 'Nichts wartet.', en: 'Nothing waits.' }), 'good');
        printer.table(waiting, [
          { title: text({ de: 'Wer', en: 'who' }), value: ({ who }) => people[who][language] },
          { title: text({ de: 'Was', en: 'what' }), value: ({ what }) => what[language], shrinks: true },
          { title: text({ de: 'Anzahl', en: 'count' }), value: ({ count }, f) => f.number(count), align: 'right' },
          { title: text({ de: 'weiter mit', en: 'go on with' }), value: ({ command }) => command },
        ]);
      },
    };
  },
});
