import { verifyAudit } from '../../audit/verify.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { value } from '../options.ts';

export default defineCommand({
  name: 'audit verify',
  summary: text({
    de: 'Protokoll und Datenbestand auf nachträgliche Änderungen prüfen',
    en: 'check log and data for changes made behind scanlot',
  }),
  details: text({
    de: 'Rechnet die Hash-Kette aller Einträge und die Siegel aller Tabellen nach. Die ausgegebene Prüfsumme des letzten Eintrags, in ein Protokoll auf Papier übernommen, beweist später mit --head, dass nichts abgeschnitten wurde.',
    en: 'Recomputes the hash chain of all entries and the seals of all tables. The hash of the last entry, noted on paper, later proves with --head that nothing was cut off.',
  }),
  examples: ['scanlot audit verify', 'scanlot audit verify --head 3f7a…'],
  workspace: 'read',
  options: {
    head: value(
      'HASH',
      text({ de: 'früher notierte Prüfsumme des letzten Eintrags', en: 'hash of the last entry as noted earlier' }),
    ),
  },
  output: {
    schema: 'audit-verify-1',
    members: {
      entries: 'number of entries',
      head: 'hash of the last entry, sha256 hex',
      tables: 'number of sealed tables',
      breaks: 'what does not match: code, seq or table, message',
    },
  },
  run: async ({ workspace, language }, { head }) => {
    const verification = await verifyAudit(workspace, head);
    const breaks = verification.breaks.map((found) => ({ ...found, message: found.message[language] }));
    return {
      data: { ...verification, breaks },
      exitCode: breaks.length > 0 ? 1 : 0,
      render: (printer) => {
        for (const found of breaks) printer.line(found.message, 'bad');
        const count = printer.format.number(verification.entries);
        if (breaks.length === 0) {
          printer.line(
            text({
              de: `Unverändert: ${count} Einträge, ${verification.tables} Tabellen.`,
              en: `Unchanged: ${count} entries, ${verification.tables} tables.`,
            }),
            'good',
          );
        }
        printer.line(text({ de: `Prüfsumme: ${verification.head}`, en: `Head: ${verification.head}` }));
      },
    };
  },
});
