import { type Text, text } from '../../shared/language.ts';
import { elementAt, textAt, textsAt } from '../../shared/xml/element.ts';
import type { XmlElement } from '../../shared/xml/read-tree.ts';
import type { Answer, Appraisal, NamedFile, RecordKind, RecordNode, XdomeaMessage } from './message.ts';
import { readHead } from './read-head.ts';

const namespacePattern = /^urn:xoev-de:xdomea:schema:(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const rootPattern = /^([A-Za-z]{1,40}\.[A-Za-z]{1,60})\.(\d{4})$/;
/** Major versions whose messages scanlot reads. */
const knownMajors: ReadonlySet<string> = new Set(['2', '3', '4']);

const kinds: ReadonlyMap<string, RecordKind> = new Map<string, RecordKind>([
  ['Akte', 'file'],
  ['Teilakte', 'part-file'],
  ['Vorgang', 'case'],
  ['Teilvorgang', 'part-case'],
  ['Dokument', 'document'],
  ['Anlage', 'attachment'],
  ['Anschreiben', 'letter'],
]);
/** Nothing in these belongs to the message's own objects. */
const passedOver: ReadonlySet<string> = new Set(['Kopf', 'nachrichtenkopf', 'Verweis', 'InternerGeschaeftsgang']);

/** A message, or why it is none. */
export type Interpretation = { readonly message: XdomeaMessage } | { readonly refused: Text };

/** Reads the tree of an XML document as an xdomea message. */
export function interpretMessage(root: XmlElement): Interpretation {
  const version = namespacePattern.exec(root.namespace);
  const type = rootPattern.exec(root.name);
  if (!version || !type) {
    const name = root.name.slice(0, 100);
    return {
      refused: text({
        de: `das Wurzelelement „${name}“ ist keine xdomea-Nachricht`,
        en: `the root element "${name}" is no xdomea message`,
      }),
    };
  }
  const number = version.slice(1).join('.');
  if (!knownMajors.has(version[1] ?? '')) {
    return {
      refused: text({ de: `xdomea ${number} ist nicht bekannt`, en: `xdomea ${number} is not known` }),
    };
  }
  const head = readHead(root);
  return { message: { version: number, type: type[1] ?? '', code: type[2] ?? '', head, ...readBody(root) } };
}

interface OpenNode extends RecordNode {
  readonly files: NamedFile[];
  readonly objects: RecordNode[];
}

interface Body {
  readonly objects: RecordNode[];
  readonly files: NamedFile[];
  readonly answers: Answer[];
  readonly appraisals: Appraisal[];
}

/** Walks the tree once, in the order of the document, without recursion. */
function readBody(root: XmlElement): Body {
  const body: Body = { objects: [], files: [], answers: [], appraisals: [] };
  const waiting: { readonly element: XmlElement; readonly inside: Pick<OpenNode, 'files' | 'objects'> }[] = [];
  const wait = (element: XmlElement, inside: Pick<OpenNode, 'files' | 'objects'>): void => {
    for (const child of [...element.children].reverse()) {
      if (!passedOver.has(child.name)) waiting.push({ element: child, inside });
    }
  };
  wait(root, body);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { element, inside } = next;
    inside.files.push(...filesIn(element));
    if (elementAt(element, 'Erfolgreich')) body.answers.push(readAnswer(element));
    if (element.name === 'BewertetesObjekt') body.appraisals.push(readAppraisal(element));
    const node = elementAt(element, 'Identifikation') ? readNode(element) : undefined;
    if (node) inside.objects.push(node);
    wait(element, node ?? inside);
  }
  return body;
}

function readNode(element: XmlElement): OpenNode {
  const period = elementAt(element, 'Laufzeit');
  return {
    kind: kinds.get(element.name) ?? 'other',
    element: element.name,
    id: textAt(element, 'Identifikation/ID', 'Identifikation/xdomeaUUID'),
    reference: textAt(element, 'AllgemeineMetadaten/Kennzeichen'),
    title: textAt(element, 'AllgemeineMetadaten/Betreff'),
    period: period ? { begin: textAt(period, 'Beginn'), end: textAt(period, 'Ende') } : null,
    files: [],
    objects: [],
  };
}

/** The files that an element names itself: Primaerdokument (PrimaerdokumentType), and signatures of their own. */
function filesIn(element: XmlElement): NamedFile[] {
  const name = textAt(element, 'Dateiname');
  const signatures = textsAt(element, 'SignaturSiegelDatei');
  const bare = signatures.map((signature) => ({ name: signature, originalName: null, hash: null, algorithm: null }));
  if (name === null) return bare;
  const hash = elementAt(element, 'Hash');
  const originalName = textAt(element, 'DateinameOriginal');
  const stated = { hash: textAt(hash, 'Wert'), algorithm: textAt(hash, 'Algorithmus/code') };
  return [{ name, originalName, ...stated }, ...bare];
}

/** ErfolgOderMisserfolgAbgabeType, ErfolgOderMisserfolgAussonderungType and their like. */
function readAnswer(element: XmlElement): Answer {
  const codes = element.children.filter(({ name }) => name === 'FehlermeldungCode');
  return {
    id: textAt(element, 'IDSGO', 'ID', 'xdomeaUUID'),
    takenOver: booleanAt(element, 'Erfolgreich'),
    errors: textsAt(element, 'Fehlermeldung'),
    errorCodes: codes.map((code) => textAt(code, 'code')).filter((code) => code !== null),
    recordId: textAt(element, 'Archivkennung'),
  };
}

function readAppraisal(element: XmlElement): Appraisal {
  return {
    id: textAt(element, 'ID', 'xdomeaUUID'),
    decision: textAt(
      element,
      'Aussonderungsart/Aussonderungsart/code',
      'Aussonderungsart/code',
      'Aussonderungsart/AussonderungsartKonfigurierbar/code',
    ),
  };
}

/** An xs:boolean; null where it is neither. */
function booleanAt(element: XmlElement, name: string): boolean | null {
  const words = textAt(element, name);
  if (words === '1' || words === 'true') return true;
  return words === '0' || words === 'false' ? false : null;
}
