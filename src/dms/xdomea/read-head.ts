import { elementAt, textAt } from '../../shared/xml/element.ts';
import type { XmlElement } from '../../shared/xml/read-tree.ts';
import type { Contact, MessageHead } from './message.ts';

/** Reads the head: `Kopf` up to 3.1 (NkBasisType), `nachrichtenkopf` from 4.0 on. */
export function readHead(root: XmlElement): MessageHead {
  const modern = elementAt(root, 'nachrichtenkopf');
  return modern ? readModern(root, modern) : readClassic(root, elementAt(root, 'Kopf'));
}

function readClassic(root: XmlElement, head: XmlElement | undefined): MessageHead {
  return {
    processId: textAt(head, 'ProzessID'),
    messageId: null,
    statedCode: textAt(head, 'Nachrichtentyp/code'),
    createdAt: textAt(head, 'Erstellungszeitpunkt'),
    sender: readContact(elementAt(head, 'Absender')),
    recipient: readContact(elementAt(head, 'Empfaenger')),
    system: systemOf(elementAt(head, 'SendendesSystem')),
    part: partOf(root),
  };
}

function readModern(root: XmlElement, head: XmlElement): MessageHead {
  const identification = elementAt(head, 'identifikation.nachricht');
  const product = [root.attributes.produkt, root.attributes.produktversion].filter((words) => words);
  return {
    processId: textAt(head, 'ProzessID'),
    messageId: textAt(identification, 'nachrichtenUUID'),
    statedCode: textAt(identification, 'nachrichtentyp/code'),
    createdAt: textAt(identification, 'erstellungszeitpunkt'),
    sender: readContact(elementAt(head, 'autor')),
    recipient: readContact(elementAt(head, 'leser')),
    system: product.length === 0 ? null : product.join(' '),
    part: partOf(root),
  };
}

function readContact(contact: XmlElement | undefined): Contact {
  const names = ['Name/Vorname/Name', 'Name/Familienname/Name'].map((path) => textAt(contact, path));
  return {
    institution: textAt(
      contact,
      'Institution/Name',
      'NameInstitution/Name',
      'Institution/Kurzbezeichnung',
      'NameInstitution/Kurzbezeichnung',
    ),
    unit: textAt(contact, 'Organisationseinheit/Name'),
    person: names.filter((name) => name !== null).join(' ') || null,
    key: textAt(contact, 'Behoerdenkennung/Behoerdenschluessel/code', 'Behoerdenkennung/Kennung/code'),
  };
}

function systemOf(system: XmlElement | undefined): string | null {
  const words = ['Produktname', 'Version'].map((name) => textAt(system, name)).filter((name) => name !== null);
  return words.join(' ') || null;
}

function partOf(root: XmlElement): MessageHead['part'] {
  const number = textAt(root, 'LfdNrNachrichtProTyp');
  const of = textAt(root, 'GesamtanzahlNachrichtenProTyp');
  return number === null && of === null ? null : { number, of };
}
