import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/inspection/format.ts';

const detect = (bytes: string | readonly number[], encoding: BufferEncoding = 'latin1') =>
  detectFormat(typeof bytes === 'string' ? Buffer.from(bytes, encoding) : Uint8Array.from(bytes));

describe('the format of a file by its first bytes', () => {
  it.each([
    ['pdf', '%PDF-1.7\n%\xe2\xe3\xcf\xd3'],
    ['tiff', 'II*\0\x08\0\0\0'],
    ['tiff', 'MM\0*\0\0\0\x08'],
    ['tiff', 'II+\0\x08\0\0\0'],
    ['tiff', 'MM\0+\0\x08\0\0'],
    ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF\0'],
    ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['jp2', '\xff\x4f\xff\x51\0\x2f'],
    ['zip', 'PK\x03\x04\x14\0'],
    ['zip', 'PK\x05\x06\0\0'],
    ['xml', '<?xml version="1.0"?><a/>'],
    ['xml', '  \n<Lieferung nr="1">'],
    ['text', 'Aktenzeichen;Seiten\r\n32-1/2020;17\r\n'],
    ['text', 'a < b and nothing else'],
    ['empty', ''],
    ['unknown', '\0\x01\x02\x03'],
    ['unknown', 'text and a \0 byte'],
  ] as const)('is %s for %j', (format, bytes) => {
    expect(detect(bytes)).toBe(format);
  });

  it('finds a PDF header behind foreign bytes, up to the 1024th', () => {
    expect(detect(`${'\0'.repeat(1019)}%PDF-1.4`)).toBe('pdf');
    expect(detect(`${'\0'.repeat(1020)}%PDF-1.4`)).toBe('unknown');
    expect(detect('HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n')).toBe('pdf');
  });

  it('does not take a zip or an XML document that holds a PDF header for a PDF', () => {
    expect(detect('PK\x03\x04\x14\0\0\0\0\0a.pdf%PDF-1.4')).toBe('zip');
    expect(detect('<?xml version="1.0"?><a>%PDF-1.4</a>')).toBe('xml');
  });

  it('reads texts in UTF-8 with and without mark, in UTF-16 and in Windows-1252', () => {
    expect(detect('Auslaender\u00e4mter', 'utf8')).toBe('text');
    expect(detect('\ufeff<?xml version="1.0"?>', 'utf8')).toBe('xml');
    expect(detect('\ufeff<?xml version="1.0"?>', 'utf16le')).toBe('xml');
    expect(detect('\ufeffAkte;Seiten', 'utf16le')).toBe('text');
    expect(detect([0xfe, 0xff, 0x00, 0x41, 0x00])).toBe('text');
    expect(detect('Stra\xdfe;\x80 17', 'latin1')).toBe('text');
  });

  it('looks at the head alone, whatever follows it', () => {
    expect(detect(`${'Zeile\n'.repeat(800)}\0\0\0`)).toBe('text');
  });
});
