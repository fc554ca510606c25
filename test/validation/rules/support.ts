import type { RuleSource } from '../../../src/delivery/profile/rule-source.ts';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../../src/delivery/profile.ts';
import { messageOf } from '../../../src/findings/finding.ts';
import type { Findings } from '../../../src/findings/findings.ts';
import type { PackageCheck } from '../../../src/validation/check-package.ts';
import { checkFiles, type Files } from '../../support/delivery.ts';
import { tablePdf } from '../../support/sample-pdfs.ts';

const base: DeliveryProfile = {
  profile: 'rules',
  version: '1',
  title: 'Rules',
  layout: { manifests: ['index.csv'], files: ['scans/**/*.pdf'] },
  checksums: { required: false },
  manifest: {
    columns: {
      path: 'Datei',
      reference: { column: 'Az', optional: true },
      title: { column: 'Betreff', optional: true },
      pages: { column: 'Seiten', optional: true },
      sheets: { column: 'Blatt', optional: true },
      date: { column: 'Datum', optional: true },
      fields: {
        number: { column: 'Nr', optional: true, type: 'integer' },
        amount: { column: 'Betrag', optional: true, type: 'decimal' },
        kind: { column: 'Art', optional: true },
        open: { column: 'Offen', optional: true, type: 'yes-no' },
      },
    },
  },
};

export function profileWith(rules: readonly RuleSource[], changes: Partial<DeliveryProfile> = {}): LoadedProfile {
  const loaded = prepareProfile({ ...base, rules, ...changes });
  if (Array.isArray(loaded))
    throw new Error(loaded.map(({ steps, words }) => `${steps.join('.')}: ${words.en}`).join('; '));
  return loaded;
}

/** A row of the manifest: values by field. Rows get a file each, of as many pages as they declare. */
export type Row = Readonly<Record<string, string>>;

const headers = {
  path: 'Datei',
  reference: 'Az',
  title: 'Betreff',
  pages: 'Seiten',
  sheets: 'Blatt',
  date: 'Datum',
  number: 'Nr',
  amount: 'Betrag',
  kind: 'Art',
  open: 'Offen',
};

export function filesOf(rows: readonly Row[]): Files {
  const named = rows.map((row, index) => ({ path: `scans/${index + 1}.pdf`, ...row }) as Row);
  const line = (cells: readonly string[]) => `${cells.join(';')}\r\n`;
  const fields = Object.keys(headers);
  const manifest =
    line(Object.values(headers)) + named.map((row) => line(fields.map((field) => row[field] ?? ''))).join('');
  const documents = named.map((row) => [row.path ?? '', tablePdf(Number(row.pages ?? '1') || 1)] as const);
  return { 'index.csv': manifest, ...Object.fromEntries(documents) };
}

export function check(
  rows: readonly Row[],
  rules: readonly RuleSource[],
  changes?: Partial<DeliveryProfile>,
): Promise<PackageCheck> {
  return checkFiles(filesOf(rows), profileWith(rules, changes));
}

/** Findings about rules as "code row message". */
export function told({ findings }: { readonly findings: Findings }, language: 'de' | 'en' = 'en'): string[] {
  return findings
    .filter(({ code }) => code.startsWith('rule.'))
    .map((finding) => `${finding.code} ${finding.row ?? finding.path} ${messageOf(finding, language)}`);
}
