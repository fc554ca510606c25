import type { Report, ReportTable, Row } from '../../reporting/model.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { assumptionsOf } from './assumptions.ts';
import type { TestDifference } from './compare-tests.ts';
import { type InterfaceTest, isPassed, type StepId, type StepOutcome, stepIds } from './interface-test.ts';
import { stepWords } from './step-words.ts';

export const outcomeWords: Readonly<Record<StepOutcome, Text>> = {
  passed: text({ de: 'bestanden', en: 'passed' }),
  failed: text({ de: 'fehlgeschlagen', en: 'failed' }),
  'not-applicable': text({ de: 'entfällt', en: 'does not apply' }),
  skipped: text({ de: 'übersprungen', en: 'skipped' }),
};

/** The test as a report for the file. @param differences from an earlier test, where one was named */
export function testReport(test: InterfaceTest, differences: readonly TestDifference[] | undefined): Report {
  const { adapter, system, location, startedAt, steps, remaining } = test;
  const count = (outcome: StepOutcome) => steps.filter((step) => step.outcome === outcome).length;
  return {
    name: 'dms-interface-test',
    title: text({ de: 'Prüfung der DMS-Schnittstelle', en: 'Test of the DMS interface' }),
    subtitle: verbatim([adapter, system.name, system.version].filter((part) => part !== null).join(' · ')),
    asOf: startedAt.slice(0, 10) as CalendarDate,
    source: text({
      de: `Ergebnis von „scanlot dms test“ am Ablageort ${location}`,
      en: `Result of "scanlot dms test" at ${location}`,
    }),
    generatedAt: startedAt,
    facts: [
      {
        key: 'verdict',
        title: text({ de: 'Ergebnis', en: 'Result' }),
        type: 'text',
        value: outcomeWords[isPassed(test) ? 'passed' : 'failed'],
      },
      {
        key: 'passed',
        title: text({ de: 'Schritte bestanden', en: 'Steps passed' }),
        type: 'count',
        value: count('passed'),
      },
      { key: 'failed', title: text({ de: 'fehlgeschlagen', en: 'failed' }), type: 'count', value: count('failed') },
      {
        key: 'version',
        title: text({ de: 'Version des DMS', en: 'Version of the DMS' }),
        type: 'text',
        value: system.version ?? text({ de: 'nicht mitgeteilt', en: 'not told' }),
      },
      ...(differences
        ? [
            {
              key: 'differences',
              title: text({ de: 'Unterschiede', en: 'Differences' }),
              type: 'count' as const,
              value: differences.length,
            },
          ]
        : []),
    ],
    tables: [
      stepTable(test),
      ...(differences ? [differenceTable(differences)] : []),
      ...(remaining.length > 0 ? [remainingTable(remaining)] : []),
    ],
    charts: [],
    notes: [
      text({
        de: 'Vor und nach jedem Update des DMS ausführen; „--compare“ zeigt, was anders ist.',
        en: 'Run it before and after every upgrade of the DMS; "--compare" shows what differs.',
      }),
    ],
  };
}

function stepTable({ adapter, steps }: InterfaceTest): ReportTable {
  return {
    key: 'steps',
    title: text({ de: 'Schritte', en: 'Steps' }),
    totals: false,
    columns: [
      { key: 'step', title: text({ de: 'Schritt', en: 'Step' }), type: 'text' },
      { key: 'shows', title: text({ de: 'Zeigt, dass', en: 'Shows that' }), type: 'text' },
      { key: 'outcome', title: text({ de: 'Ergebnis', en: 'Result' }), type: 'text' },
      { key: 'milliseconds', title: text({ de: 'ms', en: 'ms' }), type: 'count' },
      { key: 'detail', title: text({ de: 'Beobachtung', en: 'Observation' }), type: 'text' },
    ],
    rows: steps.map(
      ({ id, outcome, milliseconds, detail, error }): Row => ({
        step: stepWords[id].title,
        shows: shown(adapter, id),
        outcome: outcomeWords[outcome],
        milliseconds: outcome === 'passed' || outcome === 'failed' ? Math.round(milliseconds) : null,
        detail: error?.message ?? detail,
      }),
    ),
  };
}

/** "… (docs/dms/enaio.md, 1, 3)": where the assumption is documented. */
function shown(adapter: string, id: StepId): Text {
  const { de, en } = stepWords[id].shows;
  const numbers = assumptionsOf(adapter, id);
  if (numbers.length === 0) return { de, en };
  const where = `(docs/dms/${adapter}.md: ${numbers.join(', ')})`;
  return text({ de: `${de} ${where}`, en: `${en} ${where}` });
}

const kindWords: Readonly<Record<TestDifference['kind'], Text>> = {
  outcome: text({ de: 'Ergebnis', en: 'result' }),
  time: text({ de: 'Dauer (ms)', en: 'time (ms)' }),
  capability: text({ de: 'Fähigkeit', en: 'capability' }),
  system: text({ de: 'System', en: 'system' }),
  adapter: text({ de: 'Art des DMS', en: 'kind of DMS' }),
};

function differenceTable(differences: readonly TestDifference[]): ReportTable {
  return {
    key: 'differences',
    title: text({ de: 'Unterschiede zur früheren Prüfung', en: 'Differences from the earlier test' }),
    shortTitle: text({ de: 'Unterschiede', en: 'Differences' }),
    totals: false,
    columns: [
      { key: 'kind', title: text({ de: 'Was', en: 'What' }), type: 'text' },
      { key: 'subject', title: text({ de: 'Wovon', en: 'Of what' }), type: 'text' },
      { key: 'before', title: text({ de: 'früher', en: 'before' }), type: 'text' },
      { key: 'after', title: text({ de: 'jetzt', en: 'now' }), type: 'text' },
      { key: 'judgement', title: text({ de: 'Bewertung', en: 'Judgement' }), type: 'text' },
    ],
    rows: differences.map(
      (difference): Row => ({
        kind: kindWords[difference.kind],
        subject: subjectWords(difference),
        before: stateWords(difference.before),
        after: stateWords(difference.after),
        judgement: difference.worse
          ? text({ de: 'schlechter', en: 'worse' })
          : text({ de: 'zur Kenntnis', en: 'for information' }),
      }),
    ),
  };
}

/** The step's title, or the name of what else differs. */
export function subjectWords({ what }: TestDifference): Text {
  const step = stepIds.find((id): id is StepId => id === what);
  return step ? stepWords[step].title : verbatim(what);
}

/** "bestanden", "12", "–". */
export function stateWords(state: TestDifference['before']): Text {
  if (typeof state === 'string' && Object.hasOwn(outcomeWords, state)) return outcomeWords[state as StepOutcome];
  if (typeof state === 'boolean') return state ? text({ de: 'ja', en: 'yes' }) : text({ de: 'nein', en: 'no' });
  return verbatim(state === null ? '–' : String(state));
}

function remainingTable(remaining: readonly string[]): ReportTable {
  return {
    key: 'remaining',
    title: text({ de: 'Von Hand zu entfernen', en: 'To be removed by hand' }),
    totals: false,
    columns: [{ key: 'key', title: text({ de: 'Schlüssel', en: 'Key' }), type: 'text' }],
    rows: remaining.map((key): Row => ({ key })),
  };
}
