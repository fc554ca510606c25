import { createFinding, type Finding } from '../../../src/findings/finding.ts';
import type { PackageCheck } from '../../../src/validation/check-package.ts';
import { ItemList } from '../../../src/validation/item-list.ts';
import type { CheckedItem } from '../../../src/validation/items.ts';
import { checkFiles, header, soundFiles } from '../../support/delivery.ts';

/** Names that break what writes them carelessly. */
export const hostileNames = [
  '=cmd|calc',
  '+1+1',
  '-2-2',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'invoice\u202Egpj.exe',
  'zero\u200Bwidth',
  '\u0000\u0001\u001b[31m',
  ']]>&"\'',
  'half\ud800',
  '..%2f#?;,"x',
  '@@TABLE-0@@',
  '_x000D_',
  'line\u2028break\nnew',
] as const;

/** A checked package with one absent file, a wrong page count, an unlisted file and a lock file. */
export function faultyCheck(): Promise<PackageCheck> {
  return checkFiles({
    ...soundFiles(),
    'index.csv': `${header}\nscans/a.pdf;32.1-1;9;2;1;\nscans/c.pdf;32.1-3;1;1;1;\n`,
    'scans/~$lock.pdf': 'x',
  });
}

/** The check with more rows, each with one finding or none; its books are kept. */
export function withItems(
  base: PackageCheck,
  added: readonly { readonly name: string; readonly state: CheckedItem['state'] }[],
): PackageCheck {
  const [pattern] = base.items;
  if (!pattern) throw new Error('no item to copy');
  const items = [...base.items];
  const findings: Finding[] = [...base.findings];
  for (const [index, { name, state }] of added.entries()) {
    const path = `scans/${name}`;
    const row = 1000 + index;
    items.push({ ...pattern, path, row, reference: name, title: name, state });
    if (state === 'failed') {
      findings.push(createFinding('manifest.file-absent', { path, row, reference: name }, { manifest: name }));
    }
    if (state === 'errored') findings.push(createFinding('package.item-unjudged', { path }, {}));
  }
  return {
    ...base,
    items: ItemList.of(items),
    findings,
    counts: { ...base.counts, ...booksOf(items), ...totalsOf(findings) },
  };
}

function booksOf(items: readonly CheckedItem[]) {
  const count = (state: CheckedItem['state']) => items.filter((item) => item.state === state).length;
  const unlisted = items.filter(({ manifest }) => manifest === undefined).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    errored: count('errored'),
    unlisted,
    declared: items.length - unlisted,
  };
}

function totalsOf(findings: readonly Finding[]) {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), notes: count('note') };
}

export function withHostileNames(base: PackageCheck): PackageCheck {
  return withItems(
    base,
    hostileNames.map((name) => ({ name, state: 'failed' })),
  );
}
