/** Widths of bars and spaces of the 107 symbols (ISO/IEC 15417, table 1); 103 to 105 start, 106 stops. */
const patterns =
  `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121
211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124
121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241
114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141
114131 311141 411131 211412 211214 211232 2331112`.split(/\s+/);

/** Reads a Code 128 from the widths of its bars and spaces, check symbol included; code sets B and C. */
export function readCode128(widths: readonly number[]): string {
  const symbols: number[] = [];
  for (let at = 0; at < widths.length; ) {
    const length = widths.length - at === 7 ? 7 : 6;
    const symbol = patterns.indexOf(widths.slice(at, at + length).join(''));
    if (symbol < 0) throw new Error('no such symbol');
    symbols.push(symbol);
    at += length;
  }
  const [start = 0, ...data] = symbols.slice(0, -2);
  const check = data.reduce((sum, symbol, index) => sum + symbol * (index + 1), start) % 103;
  if (check !== symbols.at(-2) || symbols.at(-1) !== 106) throw new Error('check symbol does not match');
  let [set, text] = [start, ''];
  for (const symbol of data) {
    if (symbol === 99) set = 105;
    else if (symbol === 100 && set === 105) set = 104;
    else text += set === 105 ? String(symbol).padStart(2, '0') : String.fromCharCode(symbol + 32);
  }
  return text;
}
