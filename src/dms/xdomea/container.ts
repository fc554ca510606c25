import { posix } from 'node:path';
import type { PackageEntry, PackageReader } from '../../delivery/package-reader.ts';
import { openZips } from '../../delivery/zip/zip-package.ts';
import type { Finding } from '../../findings/finding.ts';
import { PartDamagedError } from '../../inspection/content.ts';
import { contentPieces } from '../../inspection/read-content.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { readXmlTree, XmlError } from '../../shared/xml/read-tree.ts';
import { interpretMessage } from './interpret.ts';
import type { XdomeaMessage } from './message.ts';
import { mistakeWords, unreadable } from './unreadable.ts';

/** Bytes of a message at most; its files do not count. */
export const mostMessageBytes = 100 * 2 ** 20;
/** XML files of an archive that are looked into for the message. */
const mostCandidates = 16;

/** A message as it lies in its archive. */
export interface ContainedMessage {
  readonly message: XdomeaMessage;
  /** Path of the message in the archive. */
  readonly entry: string;
  /** The other files of the archive: path → bytes. */
  readonly files: ReadonlyMap<string, number>;
  /** What is wrong with the archive itself. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the message out of an archive; its files are listed, not read.
 * @throws UsageError xdomea.unreadable when there is no message in it
 */
export async function readContainer(path: string, signal: AbortSignal): Promise<ContainedMessage> {
  const findings: Finding[] = [];
  const reader = await openZips(path, [path], { report: (finding) => findings.push(finding), signal });
  try {
    const entries: PackageEntry[] = [];
    for await (const entry of reader.list(signal)) if (entry.kind === 'file') entries.push(entry);
    const reasons: Text[] = [];
    for (const entry of candidates(path, entries)) {
      const found = await attempt(reader, entry, signal);
      if ('refused' in found) {
        reasons.push(text({ de: `${entry.path}: ${found.refused.de}`, en: `${entry.path}: ${found.refused.en}` }));
        continue;
      }
      const others = entries.filter((other) => other !== entry).map((other) => [other.path, other.size] as const);
      return { message: found.message, entry: entry.path, files: new Map(others), findings };
    }
    throw noMessage(path, findings, reasons);
  } finally {
    await reader.close();
  }
}

/** Files that may be the message: named as the archive, then as messages are named, then the others, outermost first. */
function candidates(archive: string, entries: readonly PackageEntry[]): PackageEntry[] {
  const stem = posix
    .basename(archive.replaceAll('\\', '/'))
    .replace(/\.zip$/i, '')
    .toLowerCase();
  const rank = ({ path }: PackageEntry): number => {
    const name = posix.basename(path).toLowerCase();
    if (name === `${stem}.xml`) return 0;
    return /[._]\d{4}(?:_\d{1,9})?\.xml$/.test(name) ? 1 : 2;
  };
  const depth = ({ path }: PackageEntry): number => path.split('/').length;
  return entries
    .filter(({ path }) => /\.xml$/i.test(path))
    .sort((a, b) => rank(a) - rank(b) || depth(a) - depth(b))
    .slice(0, mostCandidates);
}

async function attempt(
  reader: PackageReader,
  entry: PackageEntry,
  signal: AbortSignal,
): Promise<ReturnType<typeof interpretMessage>> {
  if (entry.size > mostMessageBytes) return { refused: tooLarge() };
  try {
    const pieces: Buffer[] = [];
    for await (const piece of contentPieces(reader.content(entry), signal)) pieces.push(piece);
    return interpretMessage(readXmlTree(Buffer.concat(pieces)));
  } catch (error) {
    if (error instanceof XmlError) return { refused: mistakeWords(error) };
    if (error instanceof PartDamagedError) {
      return { refused: text({ de: 'der Inhalt ist beschädigt', en: 'its content is damaged' }) };
    }
    throw error;
  }
}

/** Why a message is not read for its size. */
export function tooLarge(): Text {
  return text({
    de: (f) => `die Nachricht ist größer als ${f.bytes(mostMessageBytes)}`,
    en: (f) => `the message is larger than ${f.bytes(mostMessageBytes)}`,
  });
}

function noMessage(path: string, findings: readonly Finding[], reasons: readonly Text[]): Error {
  const codes = [...new Set(findings.map(({ code }) => code))].map(verbatim);
  const why =
    findings.length > 0
      ? text({ de: 'das ZIP ist beschädigt oder unzulässig', en: 'the zip is damaged or not allowed' })
      : text({ de: 'das ZIP enthält keine xdomea-Nachricht', en: 'the zip holds no xdomea message' });
  return unreadable(path, why, { details: [...codes, ...reasons] });
}
