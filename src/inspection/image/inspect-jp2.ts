import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';
import type { ColourClass, Dpi, PageRun } from '../page-facts.ts';
import { type Jp2Boxes, readBoxes, uint } from './jp2-boxes.ts';
import { type Codestream, readCodestream } from './jp2-codestream.ts';
import { onlyPage } from './picture-page.ts';

/** Facts of a JPEG 2000 picture, as `FormatFacts.details` holds them. */
export type Jp2Details = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits of each sample, of the first component. */
  readonly bits: number;
  /** A file of boxes, or a bare codestream. */
  readonly container: 'jp2' | 'codestream';
  /** By its colour specification, otherwise by the number of components. */
  readonly colourSpace: string;
  readonly tiles: number;
  /** Quality layers and decomposition levels; null where the codestream does not say. */
  readonly layers: number | null;
  readonly levels: number | null;
  /** The wavelet loses nothing (5-3). What quantisation or cut-off layers lost cannot be told. */
  readonly reversible: boolean | null;
  /** Dots per inch by the capture resolution; null where there is none. */
  readonly dpi: Dpi | null;
  readonly pages: readonly PageRun[];
};

const SOC_SIZ = 0xff4fff51;

/**
 * Inspects a JPEG 2000 file (ISO/IEC 15444-1): the box file JP2 (annex I) or a bare codestream (annex A), by its markers
 * and the lengths of its tile-parts, without decoding. It is one page; `pages` is null where no codestream with a size
 * is found, and for the kinds that hold several pages or pictures (JPM, MJ2).
 */
export function inspectJp2(source: ByteSource): FormatFacts {
  const boxes = uint(source, 0, 4) === SOC_SIZ ? undefined : readBoxes(source);
  if (boxes && severalPages.has(boxes.brand)) {
    return { pages: null, observations: [observe('image.several-pages', { brand: boxes.brand.trim() })], details: {} };
  }
  const place = boxes ? boxes.codestreams[0] : { start: 0, end: source.size };
  const stream = place && readCodestream(source, place.start, place.end);
  if (!place || !stream) return { pages: null, observations: [observeNothing(source, boxes, place)], details: {} };
  const details = describe(stream, boxes);
  const observations = [
    ...observeEnd(source, stream, boxes),
    ...observeBoxes(stream, boxes),
    ...(details.dpi ? [] : [observe('image.resolution-missing', { format: 'jp2' })]),
  ];
  return { pages: 1, observations, details };
}

/** Compound documents (15444-6) and motion pictures (15444-3). */
const severalPages: ReadonlySet<string> = new Set(['jpm ', 'mjp2', 'mj2s']);

function observeNothing(
  source: ByteSource,
  boxes: Jp2Boxes | undefined,
  place: { start: number } | undefined,
): Observation {
  const isCut = boxes?.broken?.kind === 'truncated' || (!boxes && source.size < 64);
  if (isCut) return observe('file.truncated', { format: 'jp2' });
  return observe('file.damaged', { format: 'jp2', offset: boxes?.broken?.offset ?? place?.start ?? 0 });
}

function* observeEnd(source: ByteSource, { end }: Codestream, boxes: Jp2Boxes | undefined): Iterable<Observation> {
  if (boxes?.broken?.kind === 'truncated' || end.kind === 'truncated')
    yield observe('file.truncated', { format: 'jp2' });
  else if (end.kind === 'tiles-missing') {
    yield observe('image.data-missing', { format: 'jp2', offset: end.offset });
  } else if (end.kind === 'damaged') yield observe('file.damaged', { format: 'jp2', offset: end.offset });
  else if (boxes?.broken) {
    yield observe('file.trailing-bytes', { format: 'jp2', bytes: source.size - boxes.broken.offset });
  }
}

function* observeBoxes(stream: Codestream, boxes: Jp2Boxes | undefined): Iterable<Observation> {
  const header = boxes?.header;
  if (header && (header.width !== stream.width || header.height !== stream.height)) {
    const stated = `${header.width} × ${header.height}`;
    yield observe('image.sizes-differ', { stated, stored: `${stream.width} × ${stream.height}` });
  }
  const damage = boxes && headerDamage(stream, boxes);
  if (damage !== undefined) yield observe('file.damaged', { format: 'jp2', offset: damage });
  const second = boxes?.codestreams[1];
  if (second) yield observe('image.picture-behind', { format: 'jp2', offset: second.start });
}

const variedDepth = 255;

/**
 * Where the boxes lack the header that JP2 demands (I.5.3; JPX does not), or it contradicts the codestream about the
 * components: decoders refuse such files.
 */
function headerDamage(stream: Codestream, { brand, header, codestreams }: Jp2Boxes): number | undefined {
  if (!header) return brand === 'jp2 ' ? codestreams[0]?.start : undefined;
  const fits =
    header.components === stream.components && (header.depth === variedDepth || header.depth === stream.depth);
  return fits ? undefined : header.start;
}

function describe(stream: Codestream, boxes: Jp2Boxes | undefined): Jp2Details {
  const { width, height, components, bits, tiles, coding } = stream;
  const colourSpace = boxes?.colourSpace ?? spaceByCount(components);
  const dpi = boxes?.dpi ?? null;
  return {
    width,
    height,
    components,
    bits,
    container: boxes ? 'jp2' : 'codestream',
    colourSpace,
    tiles,
    layers: coding?.layers ?? null,
    levels: coding?.levels ?? null,
    reversible: coding?.reversible ?? null,
    dpi,
    pages: onlyPage({
      width,
      height,
      bits,
      colour: colourOf(stream, boxes, colourSpace),
      colourSpace: boxes?.hasPalette ? 'Indexed' : colourSpace,
      filters: ['JPXDecode'],
      dpi,
      isMasked: boxes?.hasAlpha ?? false,
    }),
  };
}

/** Three components are colours; what four are, red to blue with opacity or inks, a bare codestream does not say. */
function spaceByCount(components: number): string {
  if (components < 3) return 'Gray';
  return components === 3 ? 'RGB' : 'unknown';
}

function colourOf({ bits }: Codestream, boxes: Jp2Boxes | undefined, colourSpace: string): ColourClass {
  if (boxes?.hasPalette || (colourSpace !== 'Gray' && colourSpace !== 'Bilevel')) return 'colour';
  return bits === 1 ? 'bw' : 'grey';
}
