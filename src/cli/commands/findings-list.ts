import { catalogue } from '../../findings/catalogue.ts';
import { severities } from '../../findings/definition.ts';
import type { FindingCode } from '../../findings/finding.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import { defineCommand } from '../command.ts';
import { findingCodes, findingRecord, severityNames, topicOf, topics } from '../finding-catalogue.ts';
import { choice, value } from '../options.ts';

export default defineCommand({
  name: 'findings list',
  summary: text({ de: 'alle Befunde, die scanlot kennt', en: 'all findings that scanlot knows' }),
  details: text({
    de: `Themen: ${topics.join(', ')}. Was ein Befund bedeutet und was zu tun ist, zeigt „scanlot findings explain KENNUNG“.`,
    en: `Topics: ${topics.join(', ')}. "scanlot findings explain CODE" tells what a finding means and what to do.`,
  }),
  examples: ['scanlot findings list', 'scanlot findings list --topic manifest --severity error'],
  workspace: 'none',
  options: {
    topic: value('TOPIC', text({ de: 'nur Befunde zu diesem Thema', en: 'findings on this topic only' }), readTopic),
    severity: choice(severities, text({ de: 'nur Befunde dieser Schwere', en: 'findings of this severity only' })),
  },
  output: {
    schema: 'findings-list-1',
    members: {
      findings:
        'code, topic, severity, kind (defect: the delivery is wrong; unjudged: it could not be judged), title, remedy, reference (standard and clause, or null), sample (folder of a package that shows it, or null)',
    },
  },
  run: async ({ language }, { topic, severity }) => {
    const codes = findingCodes.filter(
      (code) =>
        (topic === undefined || topicOf(code) === topic) &&
        (severity === undefined || catalogue[code].severity === severity),
    );
    return {
      data: { findings: codes.map((code) => findingRecord(code, language)) },
      render: (printer) => {
        printer.table<FindingCode>(codes, [
          { title: text({ de: 'Code', en: 'code' }), value: (code) => code },
          {
            title: text({ de: 'Schwere', en: 'severity' }),
            value: (code) => severityNames[catalogue[code].severity][language],
          },
          {
            title: text({ de: 'Bedeutung', en: 'meaning' }),
            value: (code) => catalogue[code].title[language],
            shrinks: true,
          },
        ]);
        printer.line();
        printer.line(
          text({
            de: (f) => f.counted(codes.length, 'Befund', 'Befunde'),
            en: (f) => f.counted(codes.length, 'finding', 'findings'),
          }),
          'quiet',
        );
      },
    };
  },
});

function readTopic(raw: string): string {
  if (topics.includes(raw)) return raw;
  throw new UsageError(
    'findings.topic-unknown',
    text({ de: `Das Thema „${raw}“ gibt es nicht.`, en: `There is no topic "${raw}".` }),
    didYouMean(raw, topics, 'scanlot findings list'),
  );
}
