export const ledgerFindings = {} as const;
