import { expect, it } from 'vitest';
import { sampleTiff } from '../../scripts/samples/documents.ts';
import type { ByteSource } from '../../src/inspection/byte-source.ts';
import { inspectTiff } from '../../src/inspection/tiff/inspect-tiff.ts';

/** A file with zeros behind its end, which are never stored. */
function padded(bytes: Buffer, size: number): ByteSource {
  let zeros = Buffer.alloc(0);
  return {
    size,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      if (wanted > zeros.length) zeros = Buffer.alloc(wanted);
      if (offset >= bytes.length) return zeros.subarray(0, wanted);
      return Buffer.concat([bytes.subarray(offset, offset + wanted), zeros]).subarray(0, wanted);
    },
  };
}

it('tells that a part of a TIFF was not searched for lost pages when it is too large for that', () => {
  const beyond = 1000;
  // Its picture is followed by a byte that only makes the next offset even.
  const padding = 1;
  const bytes = sampleTiff(1, 2);
  const { pages, observations } = inspectTiff(padded(bytes, bytes.length + 256 * 1024 * 1024 + beyond));
  expect(pages).toBeNull();
  expect(observations).toContainEqual({ code: 'tiff.unsearched-bytes', args: { bytes: beyond + padding } });
});
