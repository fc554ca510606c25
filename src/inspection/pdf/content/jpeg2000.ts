import type { ByteSource } from '../../byte-source.ts';
import { inspectJp2 } from '../../image/inspect-jp2.ts';
import type { PageRun, PictureFacts } from '../../page-facts.ts';
import type { PdfDocument } from '../document.ts';
import { isCount, type PdfStream } from '../values.ts';

/** What a JPEG 2000 picture in a PDF says of itself: there it need not say it elsewhere (ISO 32000-2, 7.4.9). */
export type Jpeg2000Facts = Pick<PictureFacts, 'bits' | 'colour' | 'colourSpace'>;

/** Undefined where it is encrypted, damaged, or not described. */
export function readJpeg2000(document: PdfDocument, stream: PdfStream): Jpeg2000Facts | undefined {
  const length = document.resolve(stream.dictionary.get('Length'));
  if (document.security !== undefined || !isCount(length)) return undefined;
  const { details } = inspectJp2(partOf(document.source, stream.start, length));
  const [page] = (details.pages ?? []) as readonly PageRun[];
  return page?.images[0];
}

function partOf(source: ByteSource, start: number, length: number): ByteSource {
  const size = Math.max(0, Math.min(length, source.size - start));
  return {
    size,
    read: (offset, count) => {
      const from = Math.max(0, offset);
      return source.read(start + from, Math.max(0, Math.min(size, offset + count) - from));
    },
  };
}
