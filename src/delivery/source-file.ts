import type { ContentLocation } from '../inspection/content.ts';

/** A file of the package that is read for what it says: its path there, and where its bytes lie. */
export interface SourceFile extends ContentLocation {
  readonly path: string;
}
