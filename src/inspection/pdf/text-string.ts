/** PDFDocEncoding where it differs from Latin-1 (ISO 32000-2, annex D.3). */
const documentEncoding: Readonly<Record<number, string>> = Object.fromEntries([
  ...[...'˘ˇˆ˙˝˛˚˜'].map((character, index) => [0x18 + index, character] as const),
  ...[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((character, index) => [0x80 + index, character] as const),
  [0xa0, '€'],
]);
const longest = 2048;

/** A text string (7.9.2.2): UTF-16 or UTF-8 with their marks, otherwise PDFDocEncoding. At most 2,048 characters. */
export function decodeText(bytes: Uint8Array): string {
  const part = Buffer.from(bytes.subarray(0, longest * 2));
  if (part[0] === 0xfe && part[1] === 0xff) {
    return part
      .subarray(2, part.length - (part.length % 2))
      .swap16()
      .toString('utf16le');
  }
  if (part[0] === 0xff && part[1] === 0xfe) return part.toString('utf16le', 2);
  if (part[0] === 0xef && part[1] === 0xbb && part[2] === 0xbf) return part.toString('utf8', 3);
  let text = '';
  for (const byte of part.subarray(0, longest)) text += documentEncoding[byte] ?? String.fromCharCode(byte);
  return text;
}

/** A date (7.9.4), "D:20210501103000+02'00'", in ISO 8601 as far as it goes; undefined where it is none. */
export function decodeDate(bytes: Uint8Array): string | undefined {
  const match = /^D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?/.exec(decodeText(bytes));
  if (!match) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', utc, sign, zoneHour, zoneMinute] =
    match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (Number.isNaN(Date.parse(`${local}Z`))) return undefined;
  if (utc) return `${local}Z`;
  return sign ? `${local}${sign}${zoneHour}:${zoneMinute ?? '00'}` : local;
}
