import { createFinding, type Finding } from '../../findings/finding.ts';
import { type Answer, allObjects, type XdomeaMessage } from './message.ts';

/** Messages that tell of each object whether it was taken over. */
const acknowledgements: ReadonlySet<string> = new Set(['0402', '0506', '0514', '0703', '0723']);
/** Messages that hand objects over. */
const handOvers: ReadonlySet<string> = new Set(['0401', '0501', '0503']);

/** What is wrong with a message by itself. @param path its name, or its path in the archive */
export function judgeMessage(message: XdomeaMessage, path: string): Finding[] {
  return [...headFindings(message, path), ...objectFindings(message, path), ...answerFindings(message, path)];
}

function* headFindings({ head, code, type }: XdomeaMessage, path: string): Iterable<Finding> {
  const required = [
    ['ProzessID', head.processId],
    ['Erstellungszeitpunkt', head.createdAt],
  ] as const;
  for (const [element, value] of required) {
    if (value === null) yield createFinding('xdomea.value-missing', { path }, { element });
  }
  if (head.statedCode !== null && head.statedCode !== code) {
    yield createFinding('xdomea.type-differs', { path }, { stated: head.statedCode, root: `${type}.${code}` });
  }
}

function* objectFindings(message: XdomeaMessage, path: string): Iterable<Finding> {
  const objects = allObjects(message);
  if (handOvers.has(message.code) && message.objects.length === 0) {
    yield createFinding('xdomea.value-missing', { path }, { element: 'Schriftgutobjekt' });
  }
  const counts = new Map<string, number>();
  for (const { id, element } of objects) {
    if (id === null) yield createFinding('xdomea.value-missing', { path }, { element: `${element}/Identifikation/ID` });
    else counts.set(id.toLowerCase(), (counts.get(id.toLowerCase()) ?? 0) + 1);
  }
  for (const [id, count] of counts) {
    if (count > 1) yield createFinding('xdomea.id-duplicate', { path }, { id, count });
  }
}

function* answerFindings({ code, answers }: XdomeaMessage, path: string): Iterable<Finding> {
  if (acknowledgements.has(code) && answers.length === 0) {
    yield createFinding('xdomea.value-missing', { path }, { element: 'Erfolgreich' });
  }
  for (const answer of answers) {
    if (answer.takenOver !== true) yield createFinding('xdomea.object-refused', { path }, refusalOf(answer));
  }
}

/** What a receiver says about an object that it did not take over. */
export function refusalOf({ id, errors, errorCodes }: Answer): { readonly id: string; readonly reasons: string } {
  return { id: id ?? '', reasons: [...errors, ...errorCodes].join('; ') };
}
