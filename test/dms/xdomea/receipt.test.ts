import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReceipt } from '../../../src/dms/xdomea/receipt.ts';
import { writeMessages } from '../../../src/dms/xdomea/write-messages.ts';
import { runCli } from '../../support/run-cli.ts';
import { acceptedBatch, batch } from './accepted-batch.ts';
import {
  type AnswerSpec,
  akte,
  documentId,
  fileId,
  type MessageSpec,
  messageXml,
  processId,
  receiptXml,
} from './messages.ts';
import { hasSchemas, schemaMistakes } from './schema.ts';

const strange = '99999999-3f0e-4a64-8f43-4d0c1d3f5a99';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-xdomea-receipt-'));
  writeFileSync(join(folder, 'sent.xml'), messageXml());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function receipt(answers: readonly AnswerSpec[], spec: MessageSpec = {}, sent = 'sent.xml') {
  writeFileSync(join(folder, 'receipt.xml'), receiptXml(answers, spec));
  return readReceipt(join(folder, 'receipt.xml'), join(folder, sent), new AbortController().signal);
}

const told = ({ findings }: Awaited<ReturnType<typeof receipt>>) =>
  findings.map(({ code, args }) => [code, 'id' in args ? args.id : null]);

describe('an acknowledgement of import', () => {
  it('is complete when every object that was sent is taken over', async () => {
    const read = await receipt([{ id: fileId }]);
    expect(read.findings).toEqual([]);
    expect(read.objects).toMatchObject([{ id: fileId, state: 'taken-over', errors: [] }]);
  });

  it('may speak of the documents too, and write its identifiers in capitals', async () => {
    expect((await receipt([{ id: fileId.toUpperCase() }, { id: documentId.toUpperCase() }])).findings).toEqual([]);
  });

  it('tells an object that was not taken over, once, with the reason', async () => {
    const read = await receipt([{ id: fileId, takenOver: false, error: 'Aktenzeichen vergeben' }]);
    expect(read.objects).toMatchObject([{ state: 'refused', errors: ['Aktenzeichen vergeben'] }]);
    expect(read.findings).toMatchObject([
      { code: 'xdomea.object-refused', args: { id: fileId, reasons: 'Aktenzeichen vergeben' } },
    ]);
  });

  it('tells a document that was not taken over within a file that was', async () => {
    const read = await receipt([{ id: fileId }, { id: documentId, takenOver: false }]);
    expect(told(read)).toEqual([['xdomea.object-refused', documentId]]);
  });

  it('does not pass for an object that it leaves out, nor for one that was never sent', async () => {
    expect(told(await receipt([{ id: strange }]))).toEqual([
      ['xdomea.object-unanswered', fileId],
      ['xdomea.object-unknown', strange],
    ]);
    expect(told(await receipt([]))).toContainEqual(['xdomea.object-unanswered', fileId]);
  });

  it('does not pass when it says yes and no', async () => {
    const read = await receipt([{ id: fileId }, { id: fileId, takenOver: false }]);
    expect(read.objects).toMatchObject([{ state: 'conflicting' }]);
    expect(told(read)).toEqual([['xdomea.answers-conflict', fileId]]);
  });

  it('does not pass where the message that was sent cannot tell its objects apart', async () => {
    const nameless =
      '<xdomea:Schriftgutobjekt><xdomea:Akte><xdomea:Identifikation/></xdomea:Akte></xdomea:Schriftgutobjekt>';
    writeFileSync(join(folder, 'nameless.xml'), messageXml({ body: akte + nameless }));
    const read = await receipt([{ id: fileId }, { id: '' }], {}, 'nameless.xml');
    expect(read.objects.map(({ state }) => state)).toEqual(['taken-over', 'unanswered']);
    expect(read.findings.map(({ code }) => code)).toEqual([
      'xdomea.value-missing',
      'xdomea.object-unanswered',
      'xdomea.object-unknown',
    ]);
    writeFileSync(join(folder, 'twice.xml'), messageXml({ body: akte + akte }));
    const twice = await receipt([{ id: fileId }], {}, 'twice.xml');
    expect(twice.findings.map(({ code }) => code)).toContain('xdomea.id-duplicate');
  });

  it('does not pass for another process', async () => {
    const head = `<xdomea:Kopf><xdomea:ProzessID>${strange}</xdomea:ProzessID><xdomea:Erstellungszeitpunkt>2021-05-01T10:00:00Z</xdomea:Erstellungszeitpunkt></xdomea:Kopf>`;
    const read = await receipt([{ id: fileId }], { head });
    expect(read.findings).toMatchObject([
      { code: 'xdomea.process-differs', args: { stated: strange, sent: processId } },
    ]);
  });

  it('is no other message, and answers no other message', async () => {
    const signal = new AbortController().signal;
    const sent = join(folder, 'sent.xml');
    await expect(readReceipt(sent, sent, signal)).rejects.toMatchObject({ code: 'xdomea.no-receipt', exitCode: 2 });
    writeFileSync(join(folder, 'other.xml'), messageXml({ root: 'Aussonderung.Aussonderung.0503' }));
    await expect(receipt([{ id: fileId }], {}, 'other.xml')).rejects.toMatchObject({ code: 'xdomea.other-message' });
  });

  it('finds the message in a folder by its process, and never outside of it', async () => {
    await expect(receipt([{ id: fileId }], {}, '.')).rejects.toMatchObject({ code: 'xdomea.message-missing' });
    const head = '<xdomea:Kopf><xdomea:ProzessID>../../etc/x</xdomea:ProzessID></xdomea:Kopf>';
    await expect(receipt([], { head }, '.')).rejects.toMatchObject({ code: 'xdomea.message-missing' });
  });
});

describe('scanlot xdomea receipt', () => {
  it('follows a hand-over from its writing to its acknowledgement', async () => {
    const ledger = await acceptedBatch([{ 'a.pdf': 'a' }, { 'b.pdf': 'b' }]);
    try {
      const options = { batch, folder, recipient: 'Archiv', version: '3.1', limit: 1e9 } as const;
      const { messages } = await writeMessages(ledger.workspace, { ...options, signal: new AbortController().signal });
      const [first, second] = messages[0]?.message.records.map(({ id }) => id) ?? [];
      const head = `<xdomea:Kopf><xdomea:ProzessID>${messages[0]?.message.processId}</xdomea:ProzessID><xdomea:Nachrichtentyp><code>0402</code></xdomea:Nachrichtentyp><xdomea:Erstellungszeitpunkt>2021-05-02T10:00:00Z</xdomea:Erstellungszeitpunkt><xdomea:Absender/><xdomea:Empfaenger/></xdomea:Kopf>`;
      const answer = (takenOver: boolean) =>
        receiptXml([{ id: first ?? '' }, { id: second ?? '', takenOver }], { head });
      if (hasSchemas) expect(await schemaMistakes(answer(false), '3.1')).toEqual([]);
      writeFileSync(join(folder, 'yes.xml'), answer(true));
      writeFileSync(join(folder, 'no.xml'), answer(false));
      const yes = await runCli(['xdomea', 'receipt', 'yes.xml', '--sent', '.', '--json'], folder);
      expect({ exitCode: yes.exitCode, ...JSON.parse(yes.stdout) }).toMatchObject({ exitCode: 0, complete: true });
      const no = await runCli(['xdomea', 'receipt', 'no.xml', '--sent', '.', '--lang', 'de'], folder);
      expect(no.exitCode).toBe(1);
      expect(no.stdout).toContain(`${batch}/2`);
      expect(no.stdout).toContain('1 von 2 abgegebenen Objekten übernommen.');
    } finally {
      await ledger.remove();
    }
  });
});
