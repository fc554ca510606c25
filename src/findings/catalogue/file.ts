export const fileFindings = {} as const;
