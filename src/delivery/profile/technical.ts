import type { FileFormat } from '../../inspection/facts.ts';
import type { ColourClass } from '../../inspection/page-facts.ts';
import type { SheetClass } from '../../inspection/sheet-class.ts';

/** What pages of one class must be. Which pages they are: sizes and formats; what holds for them: the rest. */
export interface PageClass {
  readonly id: string;
  /** Sheets that belong to the class; all where it is left out. */
  readonly sizes?: readonly SheetClass[];
  /** Formats of the files whose pages belong to it; all where it is left out. */
  readonly formats?: readonly FileFormat[];
  /** Of the scan, in both directions; `tolerance` in dpi (2 where it is left out) is allowed beyond each end. */
  readonly dpi?: { readonly minimum?: number; readonly maximum?: number; readonly tolerance?: number };
  readonly colours?: readonly ColourClass[];
  /** As PDF names them: CCITTFaxDecode, DCTDecode, JPXDecode, JBIG2Decode, FlateDecode … */
  readonly compressions?: readonly string[];
}

/** Technical profile: page classes, and how much of a document must be recognised as text. */
export interface TechnicalProfile {
  /** A page belongs to the first class that fits; one that fits none is a finding. */
  readonly classes?: readonly PageClass[];
  readonly text?: {
    /** Share of the pages of each document that have text, from 0 to 1. */
    readonly minimumShare: number;
  };
}
