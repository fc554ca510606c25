import { finding } from '../definition.ts';

function because(reasons: string): string {
  return reasons === '' ? '.' : `: ${reasons}.`;
}

export const xdomeaFindings = {
  'xdomea.file-missing': finding<{ readonly name: string; readonly object: string }>({
    severity: 'error',
    title: { de: 'Datei der Nachricht fehlt', en: 'File of the message is missing' },
    message: {
      de: ({ name, object }) => `Die Nachricht nennt „${name}“ (Objekt ${object || '?'}), im ZIP ist die Datei nicht.`,
      en: ({ name, object }) => `The message names "${name}" (object ${object || '?'}), which is not in the zip.`,
    },
    remedy: {
      de: 'Die Nachricht vollständig neu anfordern; bis dahin nicht übernehmen.',
      en: 'Ask for the complete message again; do not take it over until then.',
    },
    reference: 'xdomea 3.1.0, PrimaerdokumentType/Dateiname',
  }),
  'xdomea.file-not-named': finding<object>({
    severity: 'warning',
    title: { de: 'Datei ist in der Nachricht nicht genannt', en: 'File is not named by the message' },
    message: {
      de: () => 'Die Datei liegt im ZIP, die Nachricht nennt sie nicht.',
      en: () => 'The file is in the zip, but the message does not name it.',
    },
    remedy: {
      de: 'Beim Absender klären, wozu die Datei gehört; ohne Angabe in der Nachricht wird sie nicht übernommen.',
      en: 'Ask the sender what it belongs to; without being named it is not taken over.',
    },
  }),
  'xdomea.type-differs': finding<{ readonly stated: string; readonly root: string }>({
    severity: 'note',
    title: { de: 'Nachrichtentyp im Kopf weicht ab', en: 'Message type in the head differs' },
    message: {
      de: ({ stated, root }) => `Der Kopf nennt den Nachrichtentyp ${stated}, die Nachricht ist ${root}.`,
      en: ({ stated, root }) => `The head states the message type ${stated}, the message is ${root}.`,
    },
    remedy: {
      de: 'Es gilt das Wurzelelement. Den Absender auf die Abweichung hinweisen.',
      en: 'The root element counts. Tell the sender of the difference.',
    },
    reference: 'xdomea 3.1.0, NkBasisType/Nachrichtentyp',
  }),
  'xdomea.value-missing': finding<{ readonly element: string }>({
    severity: 'error',
    title: { de: 'Pflichtangabe der Nachricht fehlt', en: 'Mandatory value of the message is missing' },
    message: {
      de: ({ element }) => `Die Pflichtangabe „${element}“ fehlt oder ist leer.`,
      en: ({ element }) => `The mandatory value "${element}" is missing or empty.`,
    },
    remedy: {
      de: 'Eine nach dem xdomea-Schema gültige Nachricht anfordern.',
      en: 'Ask for a message that is valid by the xdomea schema.',
    },
    reference: 'xdomea 3.1.0, NkBasisType, IdentifikationObjektType',
  }),
  'xdomea.id-duplicate': finding<{ readonly id: string; readonly count: number }>({
    severity: 'error',
    title: { de: 'Kennung mehrfach vergeben', en: 'Identifier used more than once' },
    message: {
      de: ({ id, count }, f) => `Die Kennung ${id} tragen ${f.number(count)} Objekte der Nachricht.`,
      en: ({ id, count }, f) => `The identifier ${id} is that of ${f.number(count)} objects of the message.`,
    },
    remedy: {
      de: 'Den Absender um eine Nachricht mit eindeutigen Kennungen bitten: Rückmeldungen lassen sich sonst nicht zuordnen.',
      en: 'Ask the sender for a message with unique identifiers: answers cannot be told apart otherwise.',
    },
    reference: 'xdomea 3.1.0, IdentifikationObjektType/ID',
  }),
  'xdomea.object-refused': finding<{ readonly id: string; readonly reasons: string }>({
    severity: 'error',
    title: { de: 'Objekt nicht übernommen', en: 'Object not taken over' },
    message: {
      de: ({ id, reasons }) => `Der Empfänger hat das Objekt ${id || '?'} nicht übernommen${because(reasons)}`,
      en: ({ id, reasons }) => `The receiver did not take over the object ${id || '?'}${because(reasons)}`,
    },
    remedy: {
      de: 'Den Grund mit dem Empfänger klären und das Objekt erneut abgeben; bis dahin nichts löschen.',
      en: 'Settle the reason with the receiver and hand the object over again; delete nothing until then.',
    },
    reference: 'xdomea 3.1.0, ErfolgOderMisserfolgAbgabeType',
  }),
  'xdomea.object-unanswered': finding<{ readonly id: string }>({
    severity: 'error',
    title: { de: 'Abgegebenes Objekt ohne Antwort', en: 'Object sent but not answered' },
    message: {
      de: ({ id }) => `Das Objekt ${id} wurde abgegeben, die Bestätigung nennt es nicht.`,
      en: ({ id }) => `The object ${id} was sent, but the acknowledgement does not name it.`,
    },
    remedy: {
      de: 'Beim Empfänger eine vollständige Bestätigung anfordern; bis dahin gilt das Objekt als nicht übernommen.',
      en: 'Ask the receiver for a complete acknowledgement; until then the object counts as not taken over.',
    },
    reference: 'xdomea 3.1.0, Abgabe.ImportBestaetigen.0402',
  }),
  'xdomea.object-unknown': finding<{ readonly id: string }>({
    severity: 'error',
    title: { de: 'Bestätigtes Objekt nie abgegeben', en: 'Object answered but never sent' },
    message: {
      de: ({ id }) => `Die Bestätigung nennt das Objekt ${id || '?'}, abgegeben wurde es nicht.`,
      en: ({ id }) => `The acknowledgement names the object ${id || '?'}, which was not sent.`,
    },
    remedy: {
      de: 'Prüfen, ob die Bestätigung zu dieser Nachricht gehört, und beim Empfänger nachfragen.',
      en: 'See whether the acknowledgement belongs to this message, and ask the receiver.',
    },
    reference: 'xdomea 3.1.0, Abgabe.ImportBestaetigen.0402',
  }),
  'xdomea.answers-conflict': finding<{ readonly id: string }>({
    severity: 'error',
    title: { de: 'Widersprüchliche Bestätigung', en: 'Conflicting answers' },
    message: {
      de: ({ id }) => `Das Objekt ${id} wird als übernommen und als nicht übernommen gemeldet.`,
      en: ({ id }) => `The object ${id} is reported as taken over and as not taken over.`,
    },
    remedy: {
      de: 'Den Stand beim Empfänger klären; bis dahin gilt das Objekt als nicht übernommen.',
      en: 'Settle with the receiver what is right; until then the object counts as not taken over.',
    },
  }),
  'xdomea.process-differs': finding<{ readonly stated: string; readonly sent: string }>({
    severity: 'error',
    title: { de: 'Bestätigung gehört zu einem anderen Prozess', en: 'Acknowledgement of another process' },
    message: {
      de: ({ stated, sent }) => `Die Bestätigung gehört zum Prozess ${stated}, abgegeben wurde im Prozess ${sent}.`,
      en: ({ stated, sent }) => `The acknowledgement belongs to the process ${stated}, the message to ${sent}.`,
    },
    remedy: {
      de: 'Die Bestätigung mit der Nachricht ihres Prozesses abgleichen.',
      en: 'Hold the acknowledgement against the message of its own process.',
    },
    reference: 'xdomea 3.1.0, NkBasisType/ProzessID',
  }),
} as const;
