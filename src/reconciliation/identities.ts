import type { IdentityName } from '../findings/catalogue/ledger-sums.ts';
import type { Counts } from './counts.ts';
import type { DocumentStates } from './facts.ts';

/** Two sums of the ledger that must agree, with both sides; one that does not hold is shown, never smoothed. */
export interface Identity {
  readonly identity: IdentityName;
  readonly relation: 'equal' | 'at-most';
  readonly left: number;
  readonly right: number;
  readonly difference: number;
  readonly holds: boolean;
}

/** The identities of files and pages, for counts of any level. */
export function countIdentities(counts: Counts): Identity[] {
  return [
    equal('picked-up-files', counts.pickedUpFiles, counts.deliveredFiles + counts.outstandingFiles),
    equal('delivered-files', counts.deliveredFiles, counts.acceptedFiles + counts.rejectedFiles + counts.openFiles),
    equal(
      'received-pages',
      counts.receivedPages,
      counts.acceptedPages + counts.correctionPages + counts.rejectedPages + counts.openPages + counts.unlistedPages,
    ),
    atMost('imported-files', counts.importedFiles, counts.acceptedFiles),
    atMost('imported-pages', counts.importedPages, counts.acceptedPages + counts.correctionPages),
  ];
}

/** The identity of a delivery's documents: what the files declare against the documents' own states. */
export function documentIdentity(declared: number, states: DocumentStates): Identity {
  return equal('documents', declared, states.passed + states.failed + states.errored + states.waived);
}

function equal(identity: IdentityName, left: number, right: number): Identity {
  return { identity, relation: 'equal', left, right, difference: left - right, holds: left === right };
}

function atMost(identity: IdentityName, left: number, right: number): Identity {
  return { identity, relation: 'at-most', left, right, difference: left - right, holds: left <= right };
}
