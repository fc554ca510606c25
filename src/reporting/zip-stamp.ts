const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * Sets the time of every entry of a ZIP archive (APPNOTE 4.3.7, 4.3.12), in place, so that the same content gives the
 * same bytes whenever it is packed. For archives of our own making: without comment, ZIP64, and time extensions.
 * @returns the same bytes
 */
export function stampZip(archive: Buffer, at: Date): Buffer {
  const end = archive.length - 22;
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new TypeError('not a plain ZIP archive');
  const time = dosTime(at);
  let entry = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (archive.readUInt32LE(entry) !== directoryEntry) throw new TypeError('not a plain ZIP archive');
    archive.writeUInt32LE(time, entry + 12);
    archive.writeUInt32LE(time, archive.readUInt32LE(entry + 42) + 10);
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(entry + field));
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return archive;
}

/** Date and time as MS-DOS keeps them: from 1980 on, in steps of two seconds; here in UTC. */
function dosTime(at: Date): number {
  const year = Math.min(127, Math.max(0, at.getUTCFullYear() - 1980));
  const date = (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 65_536 + time;
}
