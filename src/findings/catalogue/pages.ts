export const pagesFindings = {} as const;
