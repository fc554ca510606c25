import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../src/delivery/profile.ts';
import { checkPackage, type PackageCheck } from '../../src/validation/check-package.ts';
import { corpus } from '../support/corpora.ts';
import { directInspector } from '../support/delivery.ts';

function loaded(profile: DeliveryProfile): LoadedProfile {
  const prepared = prepareProfile(profile);
  if (Array.isArray(prepared)) throw new Error(prepared.map(({ words }) => words.en).join('; '));
  return prepared;
}

/** Findings as "severity code path row". */
const told = ({ findings }: PackageCheck) =>
  findings.map(({ severity, code, path, row }) => `${severity} ${code} ${path}${row === undefined ? '' : ` ${row}`}`);

/** What HathiTrust asks of a submission: numbered pictures, text beside them, MD5 of every file. */
const hathi = loaded({
  profile: 'hathitrust',
  version: '1',
  title: 'HathiTrust',
  layout: { files: ['{number}.{tif,jp2}'], checksums: ['checksum.md5'], ignore: ['*.{txt,html}', 'meta.yml'] },
  files: { formats: ['tiff', 'jp2'] },
  checksums: { required: true, algorithms: ['md5'] },
});

/** The microfilm batches of The National Archives: pictures by piece, a row and a SHA-256 for each. */
const archives = loaded({
  profile: 'tna-microfilm',
  version: '1',
  title: 'The National Archives',
  layout: {
    manifests: ['tech_acq_metadata_*.csv'],
    checksums: ['*.csv.sha256'],
    files: ['{department}_{series}/content/{piece}/*.jp2'],
    ignore: ['*.csvs', 'tech_env_metadata_*.csv'],
  },
  manifest: {
    format: 'csv',
    pathPrefix: 'file:///',
    columns: {
      path: 'file_path',
      sha256: 'file_checksum',
      fields: {
        batch: 'batch_code',
        department: 'department',
        series: 'series',
        piece: { column: 'piece', type: 'integer' },
        ordinal: { column: 'ordinal', type: 'integer' },
        uuid: 'file_uuid',
        resolution: { column: 'image_resolution', type: 'integer' },
        tones: 'image_tonal_resolution',
      },
    },
  },
  files: { formats: ['jp2'] },
  checksums: { required: true, algorithms: ['sha256'] },
  rules: [
    { id: 'unique', unique: ['uuid'], where: 'has(row.ordinal)' },
    { id: 'gapless', sequence: 'ordinal', within: ['piece'], from: 1, where: 'has(row.ordinal)' },
    {
      id: 'resolution',
      check: 'row.resolution == 300 && row.tones == "Grayscale"',
      where: 'has(row.ordinal)',
      message: { de: 'nicht 300 dpi in Graustufen', en: 'not 300 dpi in shades of grey' },
    },
  ],
});

const submissions = corpus('scan-packages');
describe.skipIf(submissions === undefined)('a submission to HathiTrust', () => {
  const check = (name: string) =>
    checkPackage(join(submissions ?? '', `${name}.zip`), hathi, { inspector: directInspector });

  test.each(['ok', 'rgb_tif', 'rgb_tif_empty_datetime', 'bitonal_tiff'])('passes: %s', async (name) => {
    const result = await check(name);
    expect([result.verdict, result.counts.countedPages]).toEqual(['pass', 1]);
    expect(told(result)).toEqual(['warning checksum.weak-algorithm checksum.md5']);
  });
});

const batches = corpus('tna-batch');
describe.skipIf(batches === undefined)('a batch of The National Archives', () => {
  test('has every picture, with its SHA-256; rows about whole pieces name no file', async () => {
    const folder = join(batches ?? '', 'example-data', 'YY1Y16B002');
    const result = await checkPackage(folder, archives, { inspector: directInspector });
    expect(result.counts).toMatchObject({ declared: 10, passed: 8, failed: 2, unlisted: 0, countedPages: 8 });
    expect(told(result)).toEqual([
      'note manifest.columns-unused tech_acq_metadata_v1_YY1Y16B002.csv 1',
      'error manifest.path-is-folder tech_acq_metadata_v1_YY1Y16B002.csv 2',
      'error manifest.path-is-folder tech_acq_metadata_v1_YY1Y16B002.csv 7',
      'error checksum.mismatch tech_acq_metadata_v1_YY1Y16B002.csv 1',
    ]);
  });
});
