export interface Volume {
  /** '' where the file has no volumes. */
  readonly volume: string;
}

/** "The file", or which volume of it. */
export const theFile = {
  de: ({ volume }: Volume) => (volume === '' ? 'Die Akte' : `Band ${volume} der Akte`),
  en: ({ volume }: Volume) => (volume === '' ? 'The file' : `Volume ${volume} of the file`),
};
