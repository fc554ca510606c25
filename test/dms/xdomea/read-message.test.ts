import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allObjects } from '../../../src/dms/xdomea/message.ts';
import { UsageError } from '../../../src/shared/errors.ts';
import {
  akte,
  archive,
  documentId,
  fileId,
  messageXml,
  processId,
  readBytes,
  receiptXml,
  scanName,
} from './messages.ts';

const named = `${processId}_Abgabe.Abgabe.0401.xml`;
const codes = (read: Awaited<ReturnType<typeof readBytes>>) => read.findings.map(({ code }) => code);

describe('an xdomea message', () => {
  it('is read with its tree, its files and its process', async () => {
    const { message, files, entry } = await readBytes(messageXml());
    expect(message).toMatchObject({ version: '3.1.0', type: 'Abgabe.Abgabe', code: '0401', head: { processId } });
    expect(message.objects).toMatchObject([
      { kind: 'file', id: fileId, objects: [{ kind: 'document', id: documentId, files: [{ name: scanName }] }] },
    ]);
    expect(files).toEqual([{ name: scanName, originalName: null, object: documentId, present: null, size: null }]);
    expect(entry).toBeNull();
  });

  it('is read in the form of 4.0: other head, other identification, numbered, with hashes', async () => {
    const modern = `<xdomea:nachrichtenkopf><xdomea:identifikation.nachricht><nachrichtenUUID>m</nachrichtenUUID><nachrichtentyp><code>0503</code></nachrichtentyp><erstellungszeitpunkt>2025-01-15T12:00:00Z</erstellungszeitpunkt></xdomea:identifikation.nachricht><xdomea:leser><xdomea:NameInstitution><xdomea:Name>Archiv</xdomea:Name></xdomea:NameInstitution></xdomea:leser><xdomea:autor><xdomea:NameInstitution><xdomea:Name>Amt</xdomea:Name></xdomea:NameInstitution></xdomea:autor><xdomea:ProzessID>${processId}</xdomea:ProzessID></xdomea:nachrichtenkopf><xdomea:LfdNrNachrichtProTyp>1</xdomea:LfdNrNachrichtProTyp><xdomea:GesamtanzahlNachrichtenProTyp>2</xdomea:GesamtanzahlNachrichtenProTyp>`;
    const body = `<xdomea:Schriftgutobjekt><xdomea:Vorgang><xdomea:Identifikation><xdomea:xdomeaUUID>${fileId}</xdomea:xdomeaUUID></xdomea:Identifikation><xdomea:DokumentOderDokumentMitSchriftstueck><xdomea:Dokument><xdomea:Identifikation><xdomea:xdomeaUUID>${documentId}</xdomea:xdomeaUUID></xdomea:Identifikation><xdomea:Version><xdomea:Format><xdomea:Primaerdokument><xdomea:Dateiname>${scanName}</xdomea:Dateiname><xdomea:Hash><xdomea:Wert>ab</xdomea:Wert><xdomea:Algorithmus><code>SHA-256</code></xdomea:Algorithmus></xdomea:Hash></xdomea:Primaerdokument></xdomea:Format></xdomea:Version></xdomea:Dokument></xdomea:DokumentOderDokumentMitSchriftstueck></xdomea:Vorgang></xdomea:Schriftgutobjekt>`;
    const read = await readBytes(
      messageXml({ version: '4.0.0', root: 'Aussonderung.Aussonderung.0503', head: modern, body }),
    );
    expect(read.findings).toEqual([]);
    expect(read.message.head).toMatchObject({
      processId,
      messageId: 'm',
      sender: { institution: 'Amt' },
      recipient: { institution: 'Archiv' },
      part: { number: '1', of: '2' },
    });
    expect(read.message.objects).toMatchObject([
      { kind: 'case', objects: [{ id: documentId, files: [{ hash: 'ab', algorithm: 'SHA-256' }] }] },
    ]);
  });

  it('is compared with the files of its zip, wherever in it the message lies', async () => {
    const whole = await readBytes(archive({ [named]: messageXml(), [scanName]: 'scan' }), 'a.zip');
    expect(whole.findings).toEqual([]);
    expect(whole.files).toMatchObject([{ present: true, size: 4 }]);
    const inside = await readBytes(archive({ [`x/${named}`]: messageXml(), [`x/${scanName}`]: 'scan' }), 'a.zip');
    expect(inside.findings).toEqual([]);
    expect(inside.entry).toBe(`x/${named}`);
  });

  it('tells what is missing from its zip, and what nobody named', async () => {
    const read = await readBytes(archive({ [named]: messageXml(), 'fremd.pdf': 'x' }), 'a.zip');
    expect(codes(read)).toEqual(['xdomea.file-missing', 'xdomea.file-not-named']);
    expect(read.files).toMatchObject([{ name: scanName, present: false, size: null }]);
    expect(read.unnamed).toEqual(['fremd.pdf']);
    expect(read.findings[0]).toMatchObject({ args: { name: scanName, object: documentId } });
  });

  it('is found beside documents that are XML themselves', async () => {
    const files = { 'a.xml': '<rechnung/>', [scanName]: 'scan', 'z.xml': messageXml() };
    const read = await readBytes(archive(files), 'a.zip');
    expect(read.entry).toBe('z.xml');
    expect(codes(read)).toEqual(['xdomea.file-not-named']);
  });

  it('is refused a missing process, an object without identifier, an identifier used twice, and emptiness', async () => {
    const nameless =
      '<xdomea:Schriftgutobjekt><xdomea:Akte><xdomea:Identifikation/></xdomea:Akte></xdomea:Schriftgutobjekt>';
    const read = await readBytes(messageXml({ head: '<xdomea:Kopf/>', body: akte + akte + nameless }));
    expect(read.findings.map(({ code, args }) => [code, args])).toEqual([
      ['xdomea.value-missing', { element: 'ProzessID' }],
      ['xdomea.value-missing', { element: 'Erstellungszeitpunkt' }],
      ['xdomea.value-missing', { element: 'Akte/Identifikation/ID' }],
      ['xdomea.id-duplicate', { id: fileId, count: 2 }],
      ['xdomea.id-duplicate', { id: documentId, count: 2 }],
    ]);
    expect(codes(await readBytes(messageXml({ body: '' })))).toEqual(['xdomea.value-missing']);
  });

  it('says by its root element what it is, and that its head says otherwise', async () => {
    const head = `<xdomea:Kopf><xdomea:ProzessID>${processId}</xdomea:ProzessID><xdomea:Nachrichtentyp><code>0503</code></xdomea:Nachrichtentyp><xdomea:Erstellungszeitpunkt>2021-05-01T10:00:00Z</xdomea:Erstellungszeitpunkt></xdomea:Kopf>`;
    const read = await readBytes(messageXml({ head }));
    expect(read.message.code).toBe('0401');
    expect(read.findings).toMatchObject([{ code: 'xdomea.type-differs', severity: 'note' }]);
  });

  it('tells of each object whether the receiver took it over', async () => {
    const read = await readBytes(receiptXml([{ id: fileId }, { id: documentId, takenOver: false, error: 'zu groß' }]));
    expect(read.message.answers).toMatchObject([
      { id: fileId, takenOver: true },
      { id: documentId, takenOver: false, errors: ['zu groß'] },
    ]);
    expect(read.findings).toMatchObject([
      { code: 'xdomea.object-refused', args: { id: documentId, reasons: 'zu groß' } },
    ]);
    expect(codes(await readBytes(receiptXml([])))).toEqual(['xdomea.value-missing']);
  });

  it('knows the record id that an archive gives, and reads an answer that says neither as a failure', async () => {
    const body = `<xdomea:AusgesondertesSGO><xdomea:IDSGO>${fileId}</xdomea:IDSGO><xdomea:Erfolgreich>true</xdomea:Erfolgreich><xdomea:Archivkennung>LATh 17</xdomea:Archivkennung></xdomea:AusgesondertesSGO><xdomea:AusgesondertesSGO><xdomea:IDSGO>${documentId}</xdomea:IDSGO><xdomea:Erfolgreich>ja</xdomea:Erfolgreich></xdomea:AusgesondertesSGO>`;
    const read = await readBytes(messageXml({ root: 'Aussonderung.AussonderungImportBestaetigen.0506', body }));
    expect(read.message.answers).toMatchObject([{ takenOver: true, recordId: 'LATh 17' }, { takenOver: null }]);
    expect(codes(read)).toEqual(['xdomea.object-refused']);
  });
});

describe('what is no message', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`;
  const whole = archive({ [named]: messageXml(), [scanName]: 'scan' });
  const deep = messageXml({ body: '<x>'.repeat(200) + '</x>'.repeat(200) });
  const broken: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['no XML', 'Sehr geehrte Damen und Herren', /no well-formed XML/],
    ['an empty file', '', /no well-formed XML/],
    ['XML cut short', messageXml().slice(0, 300), /no well-formed XML/],
    ['an entity bomb', bomb, /DOCTYPE/],
    ['XML of many levels', deep, /too many levels/],
    ['another document', '<Invoice xmlns="urn:x"/>', /root element "Invoice" is no xdomea message/],
    ['a root element of xdomea that is no message', messageXml({ root: 'Akte' }), /root element "Akte"/],
    ['a version that is not known', messageXml({ version: '7.0.0' }), /xdomea 7\.0\.0 is not known/],
    ['a zip cut short', whole.subarray(0, whole.length - 30), /zip is damaged/],
    ['a zip without a message', archive({ [scanName]: 'scan' }), /holds no xdomea message/],
    ['a zip whose message is a bomb', archive({ [named]: bomb }), /holds no xdomea message/],
  ];

  it.each(broken)('is refused: %s', async (_name, bytes, words) => {
    const error = await readBytes(bytes, 'datei').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ code: 'xdomea.unreadable', exitCode: 2 });
    expect((error as UsageError).text.en).toMatch(words);
    expect((error as UsageError).text.de).not.toBe((error as UsageError).text.en);
  });

  it('names the reason of each candidate in a zip', async () => {
    const error = await readBytes(archive({ [named]: bomb }), 'a.zip').catch((thrown: unknown) => thrown);
    expect((error as UsageError).details.map(({ en }) => en).join()).toMatch(/0401\.xml: document type declarations/);
  });

  it('does not follow a path out of the zip', async () => {
    const read = await readBytes(archive({ [named]: messageXml(), [`../${scanName}`]: 'x' }), 'a.zip');
    expect(codes(read)).toContain('xdomea.file-missing');
  });

  it('is refused or read, but never breaks the reader, whichever bytes are changed', async () => {
    const sound = Buffer.from(whole);
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), async (at, value) => {
        const bytes = Buffer.from(sound);
        bytes[at] = value;
        try {
          expect(allObjects((await readBytes(bytes, 'a.zip')).message).length).toBeLessThanOrEqual(2);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 200 },
    );
  });
});
