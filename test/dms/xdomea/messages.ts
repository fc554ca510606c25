import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zip } from '../../../scripts/samples/zip.ts';
import { type ReadMessage, readMessage } from '../../../src/dms/xdomea/read-message.ts';

export const processId = '6f1c2c4e-95a1-4b40-9a8f-0d5e5a3f7c11';
export const fileId = '0f2b7a54-3f0e-4a64-8f43-4d0c1d3f5a01';
export const documentId = '0f2b7a54-3f0e-4a64-8f43-4d0c1d3f5a02';
export const scanName = '0f2b7a54-3f0e-4a64-8f43-4d0c1d3f5a03.pdf';

export interface MessageSpec {
  readonly root?: string;
  readonly version?: string;
  readonly head?: string;
  readonly body?: string;
}

const head = `<xdomea:Kopf><xdomea:ProzessID>${processId}</xdomea:ProzessID><xdomea:Erstellungszeitpunkt>2021-05-01T10:00:00Z</xdomea:Erstellungszeitpunkt></xdomea:Kopf>`;
export const akte = `<xdomea:Schriftgutobjekt><xdomea:Akte><xdomea:Identifikation><xdomea:ID>${fileId}</xdomea:ID></xdomea:Identifikation><xdomea:Akteninhalt><xdomea:Dokument><xdomea:Identifikation><xdomea:ID>${documentId}</xdomea:ID></xdomea:Identifikation><xdomea:Version><xdomea:Nummer>1</xdomea:Nummer><xdomea:Format><xdomea:Primaerdokument><xdomea:Dateiname>${scanName}</xdomea:Dateiname></xdomea:Primaerdokument></xdomea:Format></xdomea:Version></xdomea:Dokument></xdomea:Akteninhalt></xdomea:Akte></xdomea:Schriftgutobjekt>`;

/** A hand-over of one Akte with one scan; whatever is given stands in its place. */
export function messageXml(spec: MessageSpec = {}): string {
  const { root = 'Abgabe.Abgabe.0401', version = '3.1.0' } = spec;
  const namespace = `urn:xoev-de:xdomea:schema:${version}`;
  return `<?xml version="1.0" encoding="UTF-8"?><xdomea:${root} xmlns:xdomea="${namespace}">${spec.head ?? head}${spec.body ?? akte}</xdomea:${root}>`;
}

export interface AnswerSpec {
  readonly id: string;
  readonly takenOver?: boolean;
  readonly error?: string;
}

/** An acknowledgement 0402. */
export function receiptXml(answers: readonly AnswerSpec[], spec: MessageSpec = {}): string {
  const body = answers.map(
    ({ id, takenOver = true, error }) =>
      `<xdomea:AbgegebenesObjekt><xdomea:IDSGO>${id}</xdomea:IDSGO><xdomea:Erfolgreich>${takenOver ? '1' : '0'}</xdomea:Erfolgreich>${error === undefined ? '' : `<xdomea:Fehlermeldung>${error}</xdomea:Fehlermeldung>`}</xdomea:AbgegebenesObjekt>`,
  );
  return messageXml({ root: 'Abgabe.ImportBestaetigen.0402', body: body.join(''), ...spec });
}

/** A zip of these files. */
export function archive(files: Readonly<Record<string, string>>): Buffer {
  return zip(new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])));
}

/** Reads bytes as if they lay in a file of that name. */
export async function readBytes(bytes: string | Uint8Array, name = 'nachricht.xml'): Promise<ReadMessage> {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-xdomea-'));
  try {
    writeFileSync(join(folder, name), bytes);
    return await readMessage(join(folder, name), new AbortController().signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
