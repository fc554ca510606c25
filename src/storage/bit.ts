/** 0 or 1. */
export type Bit = 0 | 1;
