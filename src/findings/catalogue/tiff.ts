export const tiffFindings = {} as const;
