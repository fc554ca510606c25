/** A page of A4 at 300 dpi, in pixels. */
export const pageWidth = 2480;
export const pageHeight = 3508;

/** A black bar from the left margin on: its first row, its rows, its width in pixels (a multiple of 64, at most 1728). */
export interface Bar {
  readonly top: number;
  readonly rows: number;
  readonly width: number;
}

/** Codes of ITU-T T.6 (Group 4) and the few runs of T.4 that white paper with black bars needs. */
const code = {
  vertical0: '1',
  pass: '0001',
  horizontal: '001',
  /** A white run of 128 pixels: the margin before each bar. */
  margin: '1001000110101',
  blackEnd: '0000110111',
  endOfBlock: '000000000001000000000001',
};

/** Make-up codes of black runs of 64, 128, … 1728 pixels (ITU-T T.4, table 3a). */
const blackRuns = [
  ...['0000001111', '000011001000', '000011001001', '000001011011', '000000110011', '000000110100', '000000110101'],
  ...['0000001101100', '0000001101101', '0000001001010', '0000001001011', '0000001001100', '0000001001101'],
  ...['0000001110010', '0000001110011', '0000001110100', '0000001110101', '0000001110110', '0000001110111'],
  ...['0000001010010', '0000001010011', '0000001010100', '0000001010101', '0000001011010', '0000001011011'],
  ...['0000001100100', '0000001100101'],
];

/**
 * Compresses a page of black bars as scanners do (CCITT Group 4).
 * @param bars from top to bottom, at least one white row before and between them
 */
export function encodeGroup4(bars: readonly Bar[]): Buffer {
  let bits = '';
  let row = 0;
  for (const { top, rows, width } of bars) {
    bits += code.vertical0.repeat(top - row);
    bits += code.horizontal + code.margin + blackRuns[width / 64 - 1] + code.blackEnd + code.vertical0;
    bits += code.vertical0.repeat(3 * (rows - 1));
    bits += code.pass + code.vertical0;
    row = top + rows + 1;
  }
  bits += code.vertical0.repeat(pageHeight - row) + code.endOfBlock;
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}
