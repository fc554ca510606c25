import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { DeliveryFileRow } from './delivery-store.ts';
import { filesNamed } from './named-files.ts';
import { packageObstacles } from './open-findings.ts';
import { openErrors } from './refusals.ts';
import type { Situation } from './situation.ts';

/** Which files of a delivery are to be accepted; the others are rejected by the same decision. */
export type Selection =
  | { readonly kind: 'all' }
  /** Those without an open error. */
  | { readonly kind: 'faultless' }
  | { readonly kind: 'named'; readonly references: readonly string[] };

/** The files to be accepted. @throws GateError when open errors stand against one of them, or against the package */
export function choose(situation: Situation, selection: Selection): DeliveryFileRow[] {
  const { undecided, open } = situation;
  if (selection.kind === 'all') {
    const standing = [...open.general, ...[...open.byFile.values()].flat()];
    if (standing.length > 0) throw openErrors(situation, standing);
    return [...undecided];
  }
  const general = packageObstacles(open);
  if (general.length > 0) throw openErrors(situation, general);
  if (selection.kind === 'faultless') return undecided.filter(({ id }) => !open.byFile.has(id));
  const named = selection.references.flatMap((reference) => requireFiles(situation, reference));
  const faulty = named.flatMap(({ id }) => open.byFile.get(id) ?? []);
  if (faulty.length > 0) throw openErrors(situation, faulty);
  return named;
}

/** @throws UsageError when nothing of that name is to be decided */
function requireFiles({ undecided }: Situation, name: string): DeliveryFileRow[] {
  const found = filesNamed(undecided, name);
  if (found.length > 0) return found;
  throw new UsageError(
    'delivery.unknown-file',
    text({
      de: `Die Akte „${name}“ ist in dieser Lieferung nicht offen.`,
      en: `The file "${name}" is not open in this delivery.`,
    }),
    didYouMean(
      name,
      undecided.map((file) => file.reference),
    ),
  );
}
