import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  createDecoder,
  detectEncoding,
  type Encoding,
  encodings,
  InvalidBytes,
} from '../../../src/shared/tables/decode.ts';
import { readProblem, readTable } from './table-files.ts';

const german = 'Aktenzeichen;Straße;Größe\r\nÄ-1/2020;Müllerstraße;über\r\n';

function encode(words: string, encoding: Encoding, mark = false): Buffer {
  return iconv.encode(words, encoding, { addBOM: mark });
}

describe('the encoding of a table', () => {
  it.each([
    ['utf-8', false, 'valid'],
    ['utf-8', true, 'mark'],
    ['utf-16le', true, 'mark'],
    ['utf-16le', false, 'likely'],
    ['utf-16be', true, 'mark'],
    ['utf-16be', false, 'likely'],
    ['windows-1252', false, 'likely'],
    ['cp850', false, 'likely'],
  ] as const)('is recognised as %s (byte order mark: %s), and how is told', async (encoding, mark, evidence) => {
    const table = await readTable(encode(german, encoding, mark));
    expect(table.encoding).toEqual({ encoding, evidence, mark });
    expect(table.header).toEqual(['Aktenzeichen', 'Straße', 'Größe']);
    expect(table.all[0]?.cells).toEqual(['Ä-1/2020', 'Müllerstraße', 'über']);
  });

  it('is ISO-8859-15 where the euro sign says so', async () => {
    const table = await readTable(encode('Gebühr;Währung\n12,50;€\n', 'iso-8859-15'));
    expect(table.encoding?.encoding).toBe('iso-8859-15');
    expect(table.all[0]?.cells).toEqual(['12,50', '€']);
  });

  it('is Windows-1252 where typographic quotes and the euro sign say so', async () => {
    const table = await readTable(encode('Titel;Betrag\n„Müller“ – neu;5 €\n', 'windows-1252'));
    expect(table.encoding?.encoding).toBe('windows-1252');
    expect(table.all[0]?.cells).toEqual(['„Müller“ – neu', '5 €']);
  });

  it('is Windows-1252 where a closing quote behind an ß happens to be valid UTF-8', async () => {
    const table = await readTable(encode('Nr;Titel\n1;„Spaß“\n', 'windows-1252'));
    expect(table.all[0]?.cells).toEqual(['1', '„Spaß“']);
  });

  it('is told by the first umlaut, however many rows without one come before', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `AZ-${index};x\n`).join('');
    const table = await readTable(encode(`Nr;Ort\n${rows}1;Köln\n`, 'windows-1252'));
    expect(table.encoding?.encoding).toBe('windows-1252');
    expect(table.all.at(-1)?.cells).toEqual(['1', 'Köln']);
  });

  it('can be fixed by the caller', async () => {
    const table = await readTable(encode('a;b\n1;é\n', 'cp850'), { encoding: 'cp850' });
    expect(table.encoding).toEqual({ encoding: 'cp850', evidence: 'given', mark: false });
    expect(table.all[0]?.cells).toEqual(['1', 'é']);
  });

  it('must not contradict the byte order mark when it is fixed', async () => {
    const { problem } = await readProblem(encode(german, 'utf-8', true), { encoding: 'windows-1252' });
    expect(problem).toEqual({ code: 'encoding-contradicted', args: { asked: 'windows-1252', found: 'utf-8' } });
  });

  it('stays UTF-8 when one byte late in the file is wrong: the row is named, the rows before it are good', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index};Straße ${index}\n`);
    const bytes = Buffer.concat([
      Buffer.from(`Nr;Straße\n${rows.join('')}30000;Stra`),
      Buffer.from([0xdf, 0x65, 0x0a]),
    ]);
    const { problem, rows: good } = await readProblem(bytes);
    expect(problem).toEqual({
      code: 'invalid-bytes',
      args: { encoding: 'utf-8', bytes: 'DF 65 0A', row: 30_002, line: 30_002 },
    });
    expect(good).toHaveLength(30_000);
  });

  it('stays UTF-8 when single wrong bytes stand among many good umlauts', async () => {
    const { problem } = await readProblem(
      Buffer.concat([Buffer.from('Größe;Name\n1;Jörg\n2;J'), Buffer.from([0xf6]), Buffer.from('rg\n')]),
    );
    expect(problem).toMatchObject({ code: 'invalid-bytes', args: { encoding: 'utf-8', row: 3 } });
  });

  it('knows a character that is cut off at the end of the file', async () => {
    const { problem } = await readProblem(Buffer.concat([Buffer.from('Größe;Ä\n1;Ö'), Buffer.from([0xc3])]));
    expect(problem).toMatchObject({ code: 'invalid-bytes', args: { bytes: 'C3', row: 2 } });
  });

  it('refuses bytes that a fixed encoding does not know', async () => {
    const { problem } = await readProblem(Buffer.from([0x61, 0x3b, 0x62, 0x0a, 0x81, 0x3b, 0x31]), {
      encoding: 'windows-1252',
    });
    expect(problem).toMatchObject({ code: 'invalid-bytes', args: { encoding: 'windows-1252', row: 2 } });
  });

  it('is none for binary data', async () => {
    const { problem } = await readProblem(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0xff]));
    expect(problem).toEqual({ code: 'not-a-table', args: { found: 'binary' } });
  });
});

describe('a decoder', () => {
  it.each(encodings)('gives the same text of %s however the bytes are cut', (encoding) => {
    const alphabet = encoding.startsWith('utf')
      ? ['ä', 'ß', '€', '😀', 'a', '\n', '"']
      : ['ä', 'ß', 'Ü', 'a', '\n', '"'];
    const words = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 40 });
    fc.assert(
      fc.property(words, fc.array(fc.nat(12), { maxLength: 20 }), (text, cuts) => {
        const bytes = encode(text, encoding);
        const decoder = createDecoder(encoding);
        let [read, at] = ['', 0];
        for (const cut of cuts) {
          read += decoder.write(bytes.subarray(at, at + cut));
          at += cut;
        }
        read += decoder.write(bytes.subarray(Math.min(at, bytes.length)));
        decoder.end();
        expect(read).toBe(text);
      }),
    );
  });

  it('throws at the first byte that is not UTF-8, and at no other, wherever the pieces end', () => {
    const sequence = fc.oneof(
      fc.constantFrom('a', 'ä', '€', '😀').map((character) => [...Buffer.from(character)]),
      fc.array(fc.integer({ min: 0x80, max: 0xff }), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (sequences, step) => {
        const bytes = Uint8Array.from(sequences.flat());
        const reference = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        let expected: string | undefined;
        try {
          expected = reference.decode(bytes);
        } catch {
          expected = undefined;
        }
        const decoder = createDecoder('utf-8');
        let read: string | undefined = '';
        try {
          for (let at = 0; at < bytes.length; at += step) read += decoder.write(bytes.subarray(at, at + step));
          decoder.end();
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidBytes);
          read = undefined;
        }
        expect(read).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the detection of an encoding', () => {
  it('never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const detected = detectEncoding(bytes);
        expect(detected === undefined || encodings.includes(detected.encoding)).toBe(true);
      }),
    );
  });

  it('finds the eight-bit encoding of German words', () => {
    const words = [
      'Müller',
      'Straße',
      'Übergabe',
      'Größe',
      'Ämter',
      'Öffnung',
      'schön',
      'fünf',
      'Maß',
      'Akte',
      'Jäger',
    ];
    const texts = fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.constantFrom('windows-1252', 'cp850'), (list, encoding) => {
        fc.pre(list.some((word) => /[^ -~]/.test(word)));
        expect(detectEncoding(encode(list.join(' '), encoding))?.encoding).toBe(encoding);
      }),
    );
  });
});
