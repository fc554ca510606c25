import { sampleProfile } from '../delivery.ts';
import { checksumLines, fromChanges, type Recipes, withChecksums } from './recipe.ts';

const { checksums: _agreed, ...anyAlgorithm } = sampleProfile;

/** Packages whose checksum file has one thing wrong. */
export const checksumRecipes: Recipes = {
  'checksum.none': () => fromChanges({ checksums: null }),
  'checksum.line-unusable': () => withChecksums([...checksumLines(), 'zzzz  scans/ORD-2019-001/0001.pdf']),
  'checksum.xml-invalid': () => ({
    ...fromChanges({ files: { 'mets.xml': Buffer.from('<mets><file CHECKSUM="') } }),
    profile: { ...sampleProfile, layout: { ...sampleProfile.layout, checksums: ['SHA256SUMS', 'mets.xml'] } },
  }),
  'checksum.no-usable-line': () => withChecksums(['Prüfsummen siehe E-Mail', 'vom 14.03.']),
  'checksum.listed-twice': () => withChecksums([...checksumLines(), checksumLines()[0]!]),
  'checksum.lists-itself': () => withChecksums([...checksumLines(), `${'0'.repeat(64)}  SHA256SUMS`]),
  'checksum.contradictory': () =>
    withChecksums([...checksumLines(), `${'0'.repeat(64)}${checksumLines()[0]!.slice(64)}`]),
  'checksum.path-unsafe': () => withChecksums([...checksumLines(), `${'0'.repeat(64)}  ../geheim.pdf`]),
  'checksum.paths-absolute': () =>
    withChecksums(
      checksumLines().map((line) => line.replace('  ', '  D:\\Auftrag\\Lieferung\\').replaceAll('/', '\\')),
    ),
  'checksum.file-absent': () => withChecksums([...checksumLines(), `${'0'.repeat(64)}  scans/fehlt.pdf`]),
  'checksum.not-listed': () => withChecksums(checksumLines().filter((line) => !line.endsWith('0002.pdf'))),
  'checksum.mismatch': () =>
    withChecksums(
      checksumLines().map((line) => (line.endsWith('0002.pdf') ? `${'0'.repeat(64)}${line.slice(64)}` : line)),
    ),
  'checksum.weak-algorithm': () => ({ ...withChecksums(checksumLines('md5')), profile: anyAlgorithm }),
  'checksum.algorithm-not-agreed': () => withChecksums(checksumLines('md5')),
};
