import { receiveDelivery } from '../../acceptance/receive.ts';
import { localDate } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { findingData, printFinding } from '../finding-output.ts';
import { argument, flag, readDate, requiredValue, value } from '../options.ts';

const MOST_PRINTED = 20;

export default defineCommand({
  name: 'delivery receive',
  summary: text({ de: 'Lieferung übernehmen und prüfen', en: 'take in a delivery and check it' }),
  details: text({
    de: 'Kopiert das Paket (Ordner, ZIP, BagIt) in den Arbeitsbereich, prüft die Kopie gegen das Lieferprofil des Loses und legt das Ergebnis als nächste Runde der Charge ab. Eine Nachlieferung ist eine weitere Runde.',
    en: "Copies the package (folder, zip, BagIt) into the workspace, checks the copy against the lot's delivery profile and stores the result as the next round of the batch. A redelivery is a further round.",
  }),
  examples: ['scanlot delivery receive /media/usb/lieferung-1 --batch B-2021-001'],
  workspace: 'write',
  arguments: {
    path: argument('PATH', text({ de: 'Ordner oder ZIP der Lieferung', en: 'folder or zip file of the delivery' })),
  },
  options: {
    batch: requiredValue('BATCH', text({ de: 'die Charge', en: 'the batch' })),
    date: value('DATE', text({ de: 'Eingangsdatum (sonst heute)', en: 'date of receipt (default: today)' }), readDate),
    profile: value(
      'FILE',
      text({ de: 'anderes Lieferprofil als das des Loses', en: "a profile other than the lot's" }),
    ),
    inPlace: flag(
      text({ de: 'nicht kopieren, Paket liegen lassen', en: 'do not copy, leave the package where it is' }),
    ),
  },
  output: {
    schema: 'delivery-receive-1',
    members: {
      batch: 'key of the batch',
      round: 'round, from 1',
      path: 'where the package is kept',
      verdict: 'pass, fail or error',
      counts: 'counts of the check, as in check-result-1',
      findings: 'findings: code, severity, path, page, row, args, message, remedy',
    },
  },
  run: async (context, values) => {
    const received = await receiveDelivery(
      context.workspace,
      {
        path: context.path(values.path),
        batch: values.batch,
        receivedOn: values.date ?? localDate(context.io.now()),
        inPlace: values.inPlace,
        profile: values.profile === undefined ? undefined : context.path(values.profile),
      },
      context,
    );
    const { check, batch, round } = received;
    return {
      data: {
        batch: batch.key,
        round,
        path: received.path,
        verdict: check.verdict,
        counts: check.counts,
        findings: check.findings.map((finding) => findingData(finding, context.language)),
      },
      exitCode: check.verdict === 'pass' ? 0 : 1,
      render: (printer) => {
        for (const finding of check.findings.slice(0, MOST_PRINTED)) printFinding(printer, finding);
        const rest = check.findings.length - MOST_PRINTED;
        if (rest > 0) {
          printer.line(
            text({
              de: (f) => `… und ${f.number(rest)} weitere: scanlot delivery show ${batch.key}`,
              en: (f) => `… and ${f.number(rest)} more: scanlot delivery show ${batch.key}`,
            }),
          );
        }
        const passed = check.verdict === 'pass';
        printer.line(
          text({
            de: `Charge ${batch.key}, Lieferung ${round}: ${passed ? 'Prüfung bestanden' : 'Prüfung nicht bestanden'}. Weiter mit: scanlot reconcile ${batch.key}`,
            en: `Batch ${batch.key}, round ${round}: check ${passed ? 'passed' : 'failed'}. Go on with: scanlot reconcile ${batch.key}`,
          }),
          passed ? 'good' : 'bad',
        );
      },
    };
  },
});
