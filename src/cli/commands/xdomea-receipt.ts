import { type ReceivedObject, readReceipt } from '../../dms/xdomea/receipt.ts';
import { type Text, text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { findingData, printFinding } from '../finding-output.ts';
import { argument, requiredValue } from '../options.ts';

const states: Readonly<Record<ReceivedObject['state'], Text>> = {
  'taken-over': text({ de: 'übernommen', en: 'taken over' }),
  refused: text({ de: 'nicht übernommen', en: 'not taken over' }),
  unanswered: text({ de: 'ohne Antwort', en: 'not answered' }),
  conflicting: text({ de: 'widersprüchlich', en: 'conflicting' }),
};

export default defineCommand({
  name: 'xdomea receipt',
  summary: text({
    de: 'eine Importbestätigung (0402) mit der abgegebenen Nachricht abgleichen',
    en: 'hold an acknowledgement of import (0402) against the message that was sent',
  }),
  details: text({
    de: 'Ordnet jede Rückmeldung dem abgegebenen Objekt zu. Endet mit 1, wenn eines nicht übernommen wurde, ohne Antwort blieb oder nie abgegeben worden ist. Liest auch 0506 zu 0503. Braucht keinen Arbeitsbereich und ändert nichts.',
    en: 'Matches every answer to the object that was sent. Ends with 1 when one was not taken over, was not answered or was never sent. Reads 0506 for 0503 as well. Needs no workspace and changes nothing.',
  }),
  examples: [
    'scanlot xdomea receipt antwort.xml --sent abgabe',
    'scanlot xdomea receipt antwort.zip --sent 9fde4e7a-b41b-11ec-9225-005056871b7c_Abgabe.Abgabe.0401.zip --json',
  ],
  workspace: 'none',
  arguments: {
    file: argument('FILE', text({ de: 'die Bestätigung (XML oder ZIP)', en: 'the acknowledgement (XML or zip)' })),
  },
  options: {
    sent: requiredValue(
      'PATH',
      text({
        de: 'die abgegebene Nachricht, oder der Ordner, in dem sie unter ihrem Namen liegt',
        en: 'the message that was sent, or the folder where it lies under its name',
      }),
    ),
  },
  output: {
    schema: 'xdomea-receipt-1',
    members: {
      processId: 'of the acknowledgement',
      complete: 'true when every object was taken over and nothing is wrong',
      objects: 'id, reference, title, state (taken-over, refused, unanswered, conflicting), recordId, errors',
      unknown: 'ids that were answered but never sent',
      findings: 'what is wrong: code, severity, path, reference, args, message, remedy',
    },
  },
  run: async (context, { file, sent }) => {
    const receipt = await readReceipt(context.path(file), context.path(sent), context.signal);
    const { processId, objects, unknown, findings } = receipt;
    const complete = !findings.some(({ severity }) => severity === 'error');
    const taken = objects.filter(({ state }) => state === 'taken-over').length;
    return {
      data: {
        ...{ processId, complete, objects, unknown },
        findings: findings.map((finding) => findingData(finding, context.language)),
      },
      exitCode: complete ? 0 : 1,
      render: (printer) => {
        printer.table(objects, [
          { title: text({ de: 'Akte', en: 'file' }), value: ({ reference }) => reference ?? '–', shrinks: true },
          { title: text({ de: 'Kennung', en: 'id' }), value: ({ id }) => id },
          { title: text({ de: 'Stand', en: 'state' }), value: ({ state }) => states[state][context.language] },
          { title: text({ de: 'beim Empfänger', en: 'with the receiver' }), value: ({ recordId }) => recordId ?? '–' },
        ]);
        for (const finding of findings) printFinding(printer, finding);
        printer.line(
          text({
            de: (f) => `${f.number(taken)} von ${f.number(objects.length)} abgegebenen Objekten übernommen.`,
            en: (f) => `${f.number(taken)} of ${f.number(objects.length)} objects sent were taken over.`,
          }),
          complete ? 'good' : 'bad',
        );
      },
    };
  },
});
