import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectBytes } from '../../src/inspection/inspect-bytes.ts';
import { documentMistakes } from '../../src/shared/document.ts';
import { buildCodestream, buildJp2, buildJpeg, buildPng } from '../support/images.ts';
import { buildTiff, pagesOf } from '../support/tiff.ts';

const files: readonly (readonly [string, Buffer])[] = [
  ['TIFF', buildTiff([...pagesOf(3), { bits: [8, 8, 8], photometric: 2 }, { resolution: null }]).bytes],
  ['a TIFF with a preview', buildTiff([{}, { newSubfileType: 1 }], { big: true }).bytes],
  ['a TIFF without a page', buildTiff([{ newSubfileType: 1 }]).bytes],
  ['JPEG', buildJpeg()],
  ['a JPEG without resolution', buildJpeg({ bare: true, components: 1, progressive: true })],
  ['a JPEG that is cut off', buildJpeg().subarray(0, 20)],
  ['PNG', buildPng()],
  ['a PNG with a palette', buildPng({ colourType: 3, palette: [[1, 2, 3]], density: null })],
  ['a PNG that is cut off', buildPng().subarray(0, 20)],
  ['JPEG 2000', buildJp2()],
  ['a bare codestream', buildCodestream()],
  ['a JPEG 2000 file of several pages', buildJp2('stated', { brand: 'jpm ' })],
];

describe('what is told of pictures', () => {
  it.each(files)('fits the published schema: %s', (_name, bytes) => {
    const { format, pages, details } = inspectBytes(memorySource(bytes));
    const line = { schema: 'urn:scanlot:schemas/file-facts-1', path: 'x', format, pages, size: bytes.length };
    const facts = { ...line, sha256: '0'.repeat(64), findings: [], details };
    expect(documentMistakes(facts, 'file-facts-1').map(({ en }) => en)).toEqual([]);
  });

  it('is held to the schema: a member that it does not know is a mistake', () => {
    const { details } = inspectBytes(memorySource(buildPng()));
    const line = { schema: 'urn:scanlot:schemas/file-facts-1', path: 'x', format: 'png', pages: 1, size: 1 };
    const facts = { ...line, sha256: '0'.repeat(64), findings: [], details: { ...details, unknown: 1 } };
    expect(documentMistakes(facts, 'file-facts-1')).not.toEqual([]);
  });
});
