import type { Answer, Contact, RecordNode } from '../dms/xdomea/message.ts';
import type { ReadMessage } from '../dms/xdomea/read-message.ts';
import { type Text, text } from '../shared/language.ts';
import { printFinding } from './finding-output.ts';
import type { Printer } from './printer.ts';

const words: Readonly<Record<RecordNode['kind'], Text>> = {
  file: text({ de: 'Akte', en: 'File' }),
  'part-file': text({ de: 'Teilakte', en: 'Part of file' }),
  case: text({ de: 'Vorgang', en: 'Case' }),
  'part-case': text({ de: 'Teilvorgang', en: 'Part of case' }),
  document: text({ de: 'Dokument', en: 'Document' }),
  attachment: text({ de: 'Anlage', en: 'Attachment' }),
  letter: text({ de: 'Anschreiben', en: 'Letter' }),
  other: text({ de: 'Objekt', en: 'Object' }),
};
/** Objects that are shown to people one by one; --json has all. */
const mostShown = 200;

/** Shows a message as people read it: head, tree, answers, and what is wrong. */
export function printMessage(printer: Printer, { message, files, findings }: ReadMessage): void {
  const { head, type, code, version } = message;
  printer.heading(text({ de: `${type}.${code} (xdomea ${version})`, en: `${type}.${code} (xdomea ${version})` }));
  const pairs: readonly (readonly [Text, string | null])[] = [
    [text({ de: 'Prozess', en: 'Process' }), head.processId],
    [text({ de: 'Erstellt', en: 'Created' }), head.createdAt],
    [text({ de: 'Absender', en: 'Sender' }), contactLine(head.sender)],
    [text({ de: 'Empfänger', en: 'Recipient' }), contactLine(head.recipient)],
    [text({ de: 'System', en: 'System' }), head.system],
  ];
  printer.pairs(pairs.map(([name, value]) => [name, value ?? '–'] as const));
  printObjects(printer, message.objects);
  printAnswers(printer, message.answers);
  for (const { id, decision } of message.appraisals) printer.line(`${id ?? '?'}: ${decision ?? '?'}`);
  if (files.length > 0) printFileCount(printer, files);
  if (findings.length > 0) printer.line();
  for (const finding of findings) printFinding(printer, finding);
}

function contactLine({ institution, unit, person, key }: Contact): string | null {
  return [institution ?? key, unit, person].filter((part) => part !== null).join(', ') || null;
}

function printObjects(printer: Printer, objects: readonly RecordNode[]): void {
  if (objects.length > 0) printer.line();
  const waiting = [...objects].reverse().map((node) => ({ node, depth: 0 }));
  let shown = 0;
  for (let next = waiting.pop(); next && shown < mostShown; next = waiting.pop(), shown += 1) {
    const { node, depth } = next;
    printer.line(`${'  '.repeat(depth)}${objectLine(node, printer)}`);
    for (const inner of [...node.objects].reverse()) waiting.push({ node: inner, depth: depth + 1 });
  }
  if (waiting.length === 0) return;
  printer.line(text({ de: '… weitere Objekte mit --json', en: '… more objects with --json' }), 'quiet');
}

function objectLine({ kind, reference, title, id, period, files }: RecordNode, { language }: Printer): string {
  const years = period && (period.begin !== null || period.end !== null);
  const parts = [
    [words[kind][language], reference].filter((part) => part !== null).join(' '),
    title,
    years ? `${period.begin ?? '…'} – ${period.end ?? '…'}` : null,
    id,
    files.map(({ name }) => name).join(', ') || null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function printAnswers(printer: Printer, answers: readonly Answer[]): void {
  if (answers.length === 0) return;
  const taken = answers.filter(({ takenOver }) => takenOver === true);
  printer.line();
  for (const { id, recordId } of taken.slice(0, mostShown)) {
    printer.line(recordId === null ? `✓ ${id ?? '?'}` : `✓ ${id ?? '?'} → ${recordId}`);
  }
  printer.line(
    text({
      de: (f) => `${f.number(taken.length)} von ${f.number(answers.length)} Objekten übernommen.`,
      en: (f) => `${f.number(taken.length)} of ${f.number(answers.length)} objects taken over.`,
    }),
    taken.length === answers.length ? 'good' : 'bad',
  );
}

function printFileCount(printer: Printer, files: ReadMessage['files']): void {
  const missing = files.filter(({ present }) => present === false).length;
  const unknown = files.some(({ present }) => present === null);
  printer.line(
    text({
      de: (f) =>
        `Genannte Dateien: ${f.number(files.length)}, ${unknown ? 'nicht verglichen: die Nachricht kam ohne ZIP' : `es fehlen ${f.number(missing)}`}.`,
      en: (f) =>
        `Files named: ${f.number(files.length)}, ${unknown ? 'not compared: the message came without a zip' : `missing: ${f.number(missing)}`}.`,
    }),
    missing > 0 ? 'bad' : 'quiet',
  );
}
