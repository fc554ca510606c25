export const manifestFindings = {} as const;
