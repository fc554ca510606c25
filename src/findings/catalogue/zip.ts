import { finding } from '../definition.ts';

const packAgain = {
  de: 'Paket neu packen und erneut liefern.',
  en: 'Pack the package again and redeliver it.',
} as const;

const damages = {
  size: { de: 'die entpackte Größe weicht von der angegebenen ab', en: 'its unpacked size is not the stated one' },
  crc: { de: 'die Prüfsumme CRC-32 weicht von der angegebenen ab', en: 'its CRC-32 is not the stated one' },
  stream: { de: 'die komprimierten Daten sind beschädigt', en: 'its compressed data is damaged' },
} as const;

/** Zip files: their directories, their entries, and what hostile ones do. */
export const zipFindings = {
  'zip.content-damaged': finding<{ damage: keyof typeof damages }>({
    severity: 'error',
    title: { de: 'Inhalt im ZIP beschädigt', en: 'Content damaged in the zip file' },
    message: {
      de: ({ damage }) => `Die Datei lässt sich nicht fehlerfrei entpacken: ${damages[damage].de}.`,
      en: ({ damage }) => `The file cannot be unpacked without error: ${damages[damage].en}.`,
    },
    remedy: packAgain,
    reference: 'PKWARE APPNOTE 6.3.10, 4.4.7–4.4.9',
  }),
} as const;
