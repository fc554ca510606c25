export const checksumFindings = {} as const;
