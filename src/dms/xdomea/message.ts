/** Kinds of things in a message; `other` is what has an identification and a name that scanlot does not know. */
export type RecordKind = 'file' | 'part-file' | 'case' | 'part-case' | 'document' | 'attachment' | 'letter' | 'other';

/** What a message says of a file that goes along. */
export interface NamedFile {
  readonly name: string;
  readonly originalName: string | null;
  /** As stated, with the name of its algorithm; from 4.0 on. */
  readonly hash: string | null;
  readonly algorithm: string | null;
}

/** An Akte, Vorgang or Dokument with what is inside of it. */
export interface RecordNode {
  readonly kind: RecordKind;
  /** Name of its element: "Akte". */
  readonly element: string;
  /** UUID under which both systems know it; null where the message leaves it out. */
  readonly id: string | null;
  /** Kennzeichen: the reference. */
  readonly reference: string | null;
  /** Betreff. */
  readonly title: string | null;
  /** Laufzeit, ISO dates as stated. */
  readonly period: { readonly begin: string | null; readonly end: string | null } | null;
  readonly files: readonly NamedFile[];
  readonly objects: readonly RecordNode[];
}

/** What the receiver says of one object. */
export interface Answer {
  readonly id: string | null;
  /** null where the message does not say it in a form that can be read. */
  readonly takenOver: boolean | null;
  readonly errors: readonly string[];
  readonly errorCodes: readonly string[];
  /** Archivkennung: the record's id with the receiver. */
  readonly recordId: string | null;
}

/** The decision of an archive on one object (0502). */
export interface Appraisal {
  readonly id: string | null;
  /** Code of the list aussonderungsart or bewertungsvorschlag: A, B, V. */
  readonly decision: string | null;
}

export interface Contact {
  readonly institution: string | null;
  readonly unit: string | null;
  readonly person: string | null;
  /** Behördenschlüssel. */
  readonly key: string | null;
}

export interface MessageHead {
  readonly processId: string | null;
  /** Of this message alone; from 4.0 on. */
  readonly messageId: string | null;
  /** The type as the head states it: "0401". */
  readonly statedCode: string | null;
  /** xs:dateTime as stated. */
  readonly createdAt: string | null;
  readonly sender: Contact;
  readonly recipient: Contact;
  /** Product and version of the sending system. */
  readonly system: string | null;
  /** From 4.0 on: this message's number and how many there are of its type in the process. */
  readonly part: { readonly number: string | null; readonly of: string | null } | null;
}

/** An xdomea message of any type and version. */
export interface XdomeaMessage {
  /** "3.1.0", by its namespace. */
  readonly version: string;
  /** By its root element: "Abgabe.Abgabe". */
  readonly type: string;
  /** By its root element: "0401". */
  readonly code: string;
  readonly head: MessageHead;
  readonly objects: readonly RecordNode[];
  /** Files that belong to no object: those of the Aktenplan. */
  readonly files: readonly NamedFile[];
  readonly answers: readonly Answer[];
  readonly appraisals: readonly Appraisal[];
}

/** Every object of a message, those inside others behind them. */
export function allObjects(message: XdomeaMessage): RecordNode[] {
  const found = [...message.objects];
  for (let at = 0; at < found.length; at += 1) for (const inner of found[at]?.objects ?? []) found.push(inner);
  return found;
}

/** Every file that a message names, with the object that it belongs to. */
export function allFiles(message: XdomeaMessage): { readonly file: NamedFile; readonly object: RecordNode | null }[] {
  const own = message.files.map((file) => ({ file, object: null }));
  return [...own, ...allObjects(message).flatMap((object) => object.files.map((file) => ({ file, object })))];
}
