import { waiveFindings } from '../../acceptance/waive.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, readCount, requiredValue, value } from '../options.ts';

export default defineCommand({
  name: 'waive',
  summary: text({ de: 'Befunde einer Art trotz Mangel freigeben', en: 'waive findings of one code' }),
  details: text({
    de: 'Der Befund bleibt mit Name und Grund im Protokoll, steht der Abnahme aber nicht mehr entgegen. Nur vor der Entscheidung über die Lieferung.',
    en: 'The finding stays on record with name and reason but no longer stands in the way of acceptance. Only before the delivery is decided.',
  }),
  examples: ['scanlot waive B-2021-001 pages.declared-differs --file "33.1-0042/2019" --reason "Deckblatt mitgezählt"'],
  workspace: 'write',
  arguments: {
    batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })),
    code: argument('CODE', text({ de: 'Art des Befunds', en: 'code of the finding' })),
  },
  options: {
    reason: requiredValue('TEXT', text({ de: 'der Grund', en: 'the reason' })),
    file: value('REFERENCE', text({ de: 'nur für diese Akte', en: 'for this file only' })),
    round: value('N', text({ de: 'Runde (sonst die neueste)', en: 'round (default: the newest)' }), readCount),
  },
  output: { schema: 'waive-1', members: { code: 'code waived', findings: 'number of findings covered' } },
  run: async ({ workspace }, { batch, code, reason, file, round }) => {
    const findings = await waiveFindings(workspace, { batch, code, reason, reference: file, round });
    return {
      data: { code, findings },
      render: (printer) =>
        printer.line(
          text({
            de: (f) => `Freigegebene Befunde „${code}“: ${f.number(findings)}.`,
            en: (f) => `Findings "${code}" waived: ${f.number(findings)}.`,
          }),
          'good',
        ),
    };
  },
});
