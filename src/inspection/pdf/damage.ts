import type { PdfDamageReason } from '../../findings/catalogue/pdf.ts';

/** Thrown inside the reader where the structure cannot be followed; `inspectPdf` turns it into findings. */
export class PdfDamage extends Error {
  readonly reason: PdfDamageReason;
  constructor(reason: PdfDamageReason) {
    super(`PDF structure: ${reason}`);
    this.reason = reason;
  }
}

/** Runs a step of the reader and tells the damage it met as a value; other exceptions are faults of the tool. */
export function attempt<Result>(step: () => Result): Result | PdfDamage {
  try {
    return step();
  } catch (error) {
    if (error instanceof PdfDamage) return error;
    throw error;
  }
}
