import { type NoteFacts, type TransferNote, transferNote } from './note.ts';

/**
 * The notes of single documents: each tells all that is known of the file, and of its documents this one alone. What was
 * noticed at other documents is in their notes.
 */
export function documentNotes(facts: NoteFacts): (name: string) => TransferNote {
  const documents = new Map(facts.documents.map((document) => [document.name, document]));
  const ofFile: Anomaly[] = [];
  const ofDocument = new Map<string, Anomaly[]>();
  for (const anomaly of facts.anomalies) {
    const at = documentAt(anomaly.place, documents);
    if (at === undefined) ofFile.push(anomaly);
    else ofDocument.set(at, [...(ofDocument.get(at) ?? []), anomaly]);
  }
  return (name) => {
    const document = documents.get(name);
    return transferNote({
      ...facts,
      documents: document ? [document] : [],
      anomalies: [...ofFile, ...(ofDocument.get(name) ?? [])],
    });
  };
}

type Anomaly = NoteFacts['anomalies'][number];

/** The document of a place, "Bescheid.pdf" or "Bescheid.pdf#12"; undefined where it is none of a document. */
function documentAt(place: string, documents: ReadonlyMap<string, unknown>): string | undefined {
  return [place, place.replace(/#\d+$/, '')].find((name) => documents.has(name));
}
