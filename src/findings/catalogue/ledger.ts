import { correctionFindings } from './ledger-corrections.ts';
import { ledgerFileFindings } from './ledger-files.ts';
import { ledgerOrderFindings } from './ledger-orders.ts';
import { ledgerPageFindings } from './ledger-pages.ts';
import { ledgerSumFindings } from './ledger-sums.ts';

/** What a delivery breaks in the ledger: ordered, picked up, declared, received, accepted, imported. */
export const ledgerFindings = {
  ...ledgerFileFindings,
  ...ledgerPageFindings,
  ...correctionFindings,
  ...ledgerSumFindings,
  ...ledgerOrderFindings,
} as const;
