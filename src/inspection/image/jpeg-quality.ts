/** Luminance and chrominance of ITU-T T.81, annex K.1, in zigzag order: what the quality figure of libjpeg scales. */
const luminance = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121,
  112, 100, 120, 92, 101, 103, 99,
];
const chrominance = [
  17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99,
];

/**
 * The quality that libjpeg would have been asked for to quantise like this, 1 to 100: exact where its tables are used,
 * the nearest otherwise (other encoders have tables of their own).
 * @param tables quantisation tables by number, in zigzag order
 */
export function estimateQuality(tables: ReadonlyMap<number, readonly number[]>): number | null {
  const first = tables.get(0);
  if (!first) return null;
  const second = tables.get(1);
  let best = { quality: 0, distance: Number.POSITIVE_INFINITY };
  for (let quality = 100; quality >= 1; quality -= 1) {
    const distance =
      distanceFrom(luminance, first, quality) + (second ? distanceFrom(chrominance, second, quality) : 0);
    if (distance < best.distance) best = { quality, distance };
  }
  return best.quality;
}

function distanceFrom(standard: readonly number[], table: readonly number[], quality: number): number {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  let distance = 0;
  for (const [index, value] of standard.entries()) {
    const scaled = Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100)));
    distance += Math.abs(scaled - (table[index] ?? 0));
  }
  return distance;
}
