/** How far a zip file may unfold. */
export interface ZipLimits {
  /** Entries of all zip files of a delivery together. */
  readonly entries: number;
  /** Bytes of all contents together, unpacked. */
  readonly unpackedBytes: number;
  /** Unpacked size over packed size: of one entry beyond 16 MiB, and of all together beyond 1 GiB. */
  readonly ratio: number;
}

/** Scans hardly shrink; an empty uncompressed page shrinks some hundred times, but is never so large. */
export const zipLimits: ZipLimits = { entries: 1_000_000, unpackedBytes: 1024 ** 4, ratio: 300 };

const entryGrace = 16 * 1024 ** 2;
const totalGrace = 1024 ** 3;

export function isDense(entry: { readonly packed: number; readonly size: number }, { ratio }: ZipLimits): boolean {
  return entry.size > entryGrace && entry.size > entry.packed * ratio;
}

/** The most that all entries of archives of this many bytes may unfold to. */
export function mostUnpacked(archiveBytes: number, { ratio, unpackedBytes }: ZipLimits): number {
  return Math.min(unpackedBytes, Math.max(totalGrace, archiveBytes * ratio));
}
