import { fileKey } from '../custody/reference.ts';

/** All volumes of a reference, or one of them by "REFERENCE#VOLUME". */
export function filesNamed<File extends { readonly reference: string; readonly volume: string }>(
  files: readonly File[],
  name: string,
): File[] {
  const [reference = '', volume] = name.split('#');
  return files.filter((file) =>
    volume === undefined
      ? fileKey({ ...file, volume: '' }) === fileKey({ reference, volume: '' })
      : fileKey(file) === fileKey({ reference, volume }),
  );
}
