import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/inspection/byte-source.ts';
import { inspectPdf } from '../../../src/inspection/pdf/inspect-pdf.ts';
import { codesOf, inspectBytes } from '../../support/pdf-facts.ts';
import { PdfWriter } from '../../support/pdf-writer.ts';
import { a4, catalogBody, flatTree, nodeBody, pageBody } from '../../support/sample-pdfs.ts';

describe('a hostile PDF ends with a finding, in bounded time and memory', () => {
  test('a page tree deeper than any real one', () => {
    const writer = new PdfWriter().object(1, catalogBody);
    for (let number = 2; number < 5000; number += 1) {
      writer.object(number, nodeBody([number + 1], 1, number === 2 ? '' : `/Parent ${number - 1} 0 R `));
    }
    const facts = inspectBytes(writer.object(5000, pageBody(4999)).finishTable('/Root 1 0 R').bytes());
    expect([facts.pages, codesOf(facts)]).toEqual([null, expect.arrayContaining(['pdf.too-complex'])]);
  });

  test('arrays nested a million deep', () => {
    const writer = new PdfWriter().object(1, catalogBody).object(2, '['.repeat(1_000_000));
    expect(inspectBytes(writer.finishTable('/Root 1 0 R').bytes()).pages).toBeNull();
  });

  test('a cross-reference stream that inflates to more than the limit', () => {
    const writer = new PdfWriter();
    const offset = writer.length;
    const zeros = deflateSync(new Uint8Array(80_000_000));
    writer.stream(5, '/Type /XRef /W [1 2 1] /Size 20000000 /Root 1 0 R /Filter /FlateDecode', zeros);
    expect(inspectBytes(writer.raw(`startxref\n${offset}\n%%EOF\n`).bytes()).observations).toEqual([
      { code: 'pdf.too-complex', args: {} },
    ]);
  });

  test('an object stream that inflates to more than the limit', () => {
    const bomb = deflateSync(Buffer.concat([Buffer.from('1 0 '), new Uint8Array(80_000_000).fill(32)]));
    const writer = new PdfWriter().stream(3, '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', bomb);
    const facts = inspectBytes(writer.compressed(1, 3, 0).finishStream(4, '/Root 1 0 R').bytes());
    expect(codesOf(facts)).toEqual(['pdf.too-complex']);
  });

  test('object streams whose lengths stand in each other', () => {
    const writer = new PdfWriter();
    writer.stream(3, '/Type /ObjStm /N 1 /First 4 /Length 6 0 R', Buffer.from('5 0 1'));
    writer.stream(4, '/Type /ObjStm /N 1 /First 4 /Length 5 0 R', Buffer.from('6 0 1'));
    for (const [number, stream] of [
      [1, 3],
      [5, 3],
      [6, 4],
    ] as const) {
      writer.compressed(number, stream, 0);
    }
    expect(inspectBytes(writer.finishStream(7, '/Root 1 0 R').bytes()).pages).toBeNull();
  });

  test('references that only lead to each other', () => {
    const writer = new PdfWriter().object(1, '2 0 R').object(2, '1 0 R').finishTable('/Root 1 0 R');
    expect(inspectBytes(writer.bytes()).pages).toBeNull();
  });

  test('object numbers and counts beyond reason', () => {
    const absurd = [
      'xref\n0 99999999999\n0000000000 65535 f \n',
      'xref\n99999999999 1\n0000000010 00000 n \n',
      'xref\n1999999999 1\n0000000010 00000 n \n',
      'xref\n0 1\n9999999999999999999999 00000 n \n',
      'xref\n-1 5\n',
      'xref\n1e9 5\n',
    ];
    for (const table of absurd) {
      const writer = new PdfWriter().object(1, catalogBody);
      const offset = writer.length;
      writer.raw(`${table}trailer\n<< /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`);
      const facts = inspectBytes(writer.bytes());
      expect([facts.pages, facts.observations.length > 0]).toEqual([null, true]);
    }
    const kids = new PdfWriter()
      .object(1, catalogBody)
      .object(2, '<< /Type /Pages /Count 1 /Kids [99999999999 0 R] >>');
    expect(codesOf(inspectBytes(kids.finishTable('/Root 1 0 R').bytes()))).toContain('pdf.page-missing');
  });

  /** Pages with the content streams of these numbers, all with the same dictionary and data. */
  function pagesShowing(contents: readonly number[], dictionary: string, data: Uint8Array): Buffer {
    const kids = contents.map((_, index) => 10_000 + index);
    const writer = new PdfWriter().object(1, catalogBody).object(2, nodeBody(kids, kids.length));
    for (const number of new Set(contents)) writer.stream(number, dictionary, data);
    for (const [index, kid] of kids.entries())
      writer.object(kid, pageBody(2, `${a4} /Contents ${contents[index]} 0 R`));
    return writer.finishTable('/Root 1 0 R').bytes();
  }

  test('contents that filters make large before they make them small', () => {
    let words = Buffer.from(' '.repeat(1024));
    for (let times = 0; times < 12; times += 1) words = Buffer.from(words.toString('hex'));
    const filter = `/Filter [/FlateDecode ${'/ASCIIHexDecode '.repeat(12)}]`;
    const facts = inspectBytes(pagesShowing(new Array<number>(300).fill(20), filter, deflateSync(words)));
    expect([facts.pages, codesOf(facts)]).toEqual([300, ['pdf.content-not-examined']]);
  });

  test('pages that share one long list of contents that hold nothing, or of events', () => {
    const kids = Array.from({ length: 300 }, (_, index) => 10_000 + index);
    const shared = (entry: string, list: string) => {
      const writer = new PdfWriter().object(1, catalogBody).object(2, nodeBody(kids, kids.length));
      writer.object(20, list).stream(21, '', Buffer.alloc(0)).object(22, '<< /S /URI >>');
      for (const kid of kids) writer.object(kid, pageBody(2, `${a4} ${entry}`));
      return inspectBytes(writer.finishTable('/Root 1 0 R').bytes());
    };
    const events = Array.from({ length: 10_000 }, (_, index) => `/E${index} 22 0 R`).join(' ');
    for (const facts of [
      shared('/Contents 20 0 R', `[${'21 0 R '.repeat(10_000)}]`),
      shared('/AA 20 0 R', `<< ${events} >>`),
    ]) {
      expect([facts.pages, codesOf(facts)]).toEqual([300, ['pdf.content-not-examined']]);
    }
  });

  test('contents that turn out to be damaged only when they have grown to the limit', () => {
    const cut = deflateSync(new Uint8Array(30 * 2 ** 20)).subarray(0, -4);
    const different = Array.from({ length: 60 }, (_, index) => 20 + index);
    const facts = inspectBytes(pagesShowing(different, '/Filter /FlateDecode', cut));
    expect(facts.pages).toBe(60);
    expect(codesOf(facts)).toEqual(expect.arrayContaining(['pdf.content-unreadable', 'pdf.content-not-examined']));
    const shared = inspectBytes(pagesShowing(new Array<number>(60).fill(20), '/Filter /FlateDecode', cut));
    expect([shared.pages, codesOf(shared)]).toEqual([60, ['pdf.content-unreadable']]);
  });

  test('nothing but beginnings of objects', () => {
    for (const beginning of ['1 0 obj(', 'obj ', 'trailer<<', '1 0 obj<<>>stream\n', '1 0 obj 1 0 obj ']) {
      const facts = inspectBytes(Buffer.from(`%PDF-1.4\n${beginning.repeat(60_000)}`));
      expect([facts.pages, facts.observations.length]).toEqual([null, 1]);
    }
  });

  test('a long chain of updates', () => {
    const writer = new PdfWriter();
    for (const [number, body] of flatTree(2)) writer.object(number, body);
    for (let update = 0; update < 500; update += 1) writer.finishTable('/Root 1 0 R');
    const long = inspectBytes(writer.bytes());
    expect([long.pages, long.observations, long.details.updates]).toEqual([2, [], 499]);
    for (let update = 0; update < 10_000; update += 1) writer.finishTable('/Root 1 0 R');
    expect(inspectBytes(writer.bytes()).observations.length).toBeGreaterThan(0);
  });
});

describe('a huge PDF', () => {
  /** Pages a gigabyte apart; what lies between is never stored, and reads as zeros. */
  function sparsePdf(pages: number): { source: ByteSource; bytesRead: () => number } {
    const gap = 2 ** 30;
    const parts: { offset: number; bytes: Buffer }[] = [];
    const at = (offset: number, text: string) => parts.push({ offset, bytes: Buffer.from(text, 'latin1') });
    const kids = Array.from({ length: pages }, (_, index) => 10 + index);
    at(0, '%PDF-1.7\n');
    at(16, `1 0 obj\n${catalogBody}\nendobj\n`);
    at(100, `2 0 obj\n${nodeBody(kids, pages)}\nendobj\n`);
    const entries = kids.map((number, index) => {
      const offset = (index + 1) * gap;
      at(offset, `${number} 0 obj\n${pageBody(2)}\nendobj\n`);
      return `${String(offset).padStart(10, '0')} 00000 n \n`;
    });
    const end = (pages + 1) * gap;
    const first = 'xref\n0 3\n0000000000 65535 f \n0000000016 00000 n \n0000000100 00000 n \n';
    at(end, `${first}10 ${pages}\n${entries.join('')}trailer\n<< /Size 99 /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`);
    const last = parts.at(-1);
    const size = end + (last?.bytes.length ?? 0);
    let bytesRead = 0;
    const read = (offset: number, length: number): Uint8Array => {
      const window = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      bytesRead += window.length;
      for (const part of parts) {
        const from = Math.max(offset, part.offset);
        const to = Math.min(offset + window.length, part.offset + part.bytes.length);
        if (to > from) window.set(part.bytes.subarray(from - part.offset, to - part.offset), from - offset);
      }
      return window;
    };
    return { source: { size, read }, bytesRead: () => bytesRead };
  }

  test('of 9 GB is counted from a few kilobytes', () => {
    const { source, bytesRead } = sparsePdf(8);
    const facts = inspectPdf(source);
    expect([facts.pages, facts.observations]).toEqual([8, []]);
    expect(bytesRead()).toBeLessThan(200_000);
  });
});
