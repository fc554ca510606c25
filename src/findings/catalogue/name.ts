export const nameFindings = {} as const;
