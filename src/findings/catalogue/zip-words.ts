/** Name of the zip file: a delivery may consist of several. */
export interface In {
  readonly archive: string;
}

export const packAgain = {
  de: 'Paket mit einem üblichen Packprogramm neu packen und erneut liefern.',
  en: 'Pack the package again with a usual program and redeliver it.',
} as const;

export const packTruly = {
  de: 'Das Paket nicht entpacken oder übernehmen; beim Dienstleister klären, wie es entstand, und neu packen lassen.',
  en: 'Neither unpack nor accept the package; find out from the vendor how it was made, and have it packed again.',
} as const;
