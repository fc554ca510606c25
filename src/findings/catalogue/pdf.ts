export const pdfFindings = {} as const;
