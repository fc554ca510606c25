import type { PdfDamageReason } from '../../findings/catalogue/pdf-words.ts';

/** Thrown inside the reader where the structure cannot be followed; `inspectPdf` turns it into findings. */
export class PdfDamage extends Error {
  readonly reason: PdfDamageReason;

  private constructor(reason: PdfDamageReason) {
    super(`PDF structure: ${reason}`);
    this.reason = reason;
  }

  static readonly #known = new Map<PdfDamageReason, PdfDamage>();

  /** One exception serves all damage of a kind: a hostile file has a million of them, and each stack is costly. */
  static of(reason: PdfDamageReason): PdfDamage {
    const known = PdfDamage.#known.get(reason);
    if (known !== undefined) return known;
    const damage = new PdfDamage(reason);
    PdfDamage.#known.set(reason, damage);
    return damage;
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
