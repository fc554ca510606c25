import { existsSync } from 'node:fs';
import { importObjects } from '../../dms/import/store.ts';
import { objectId } from '../../dms/ocfl/layout.ts';
import { findObject } from '../../dms/ocfl/read-object.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import { defineCommand } from '../command.ts';
import { argument, choice, requiredValue } from '../options.ts';

export default defineCommand({
  name: 'store export',
  summary: text({
    de: 'eine abgelegte Akte als Ordner, ZIP oder BagIt-Paket herausgeben',
    en: 'hand out a stored file as a folder, zip or BagIt bag',
  }),
  details: text({
    de: 'Schreibt die neueste Version aus der Ablage des Arbeitsbereichs; jedes Byte wird dabei mit dem Verzeichnis der Ablage verglichen. Ein Ziel, das auf .zip endet, wird eine ZIP-Datei, sonst ein neuer Ordner. Die Ablage bleibt unverändert.',
    en: 'Writes the newest version out of the workspace’s store; every byte is compared with the store’s inventory on its way. A target that ends in .zip becomes a zip file, any other a new folder. The store stays as it is.',
  }),
  examples: [
    'scanlot store export RV-2020-017/L5/33.1-0041/2019 --out akte.zip',
    'scanlot store export RV-2020-017/L5/33.1-0041/2019 --form bagit --out abgabe/33.1-0041',
  ],
  workspace: 'read',
  arguments: {
    key: argument(
      'KEY',
      text({
        de: 'Schlüssel der abgelegten Akte: Vertrag/Los/Aktenzeichen',
        en: 'key of the stored file: contract/lot/reference',
      }),
    ),
  },
  options: {
    out: requiredValue('PATH', text({ de: 'neuer Ordner oder ZIP-Datei', en: 'new folder, or zip file' })),
    form: choice(
      ['plain', 'bagit'],
      text({
        de: 'plain: die Dateien mit ihren Namen (sonst); bagit: mit Prüfsummen nach RFC 8493',
        en: 'plain: the files by their names (default); bagit: with checksums by RFC 8493',
      }),
    ),
  },
  output: {
    schema: 'store-export-1',
    members: {
      key: 'as named',
      id: 'OCFL id',
      path: 'what was written',
      form: 'plain or bagit',
      files: 'count',
      bytes: 'count',
    },
  },
  run: async (context, { key, out, form = 'plain' }) => {
    const { exportObject } = await import('../../dms/ocfl/export-object.ts');
    const target = context.path(out);
    const object = await findObject(context.workspace.paths.store, objectId(key));
    if (!object) throw unknownKey(key, [...(await importObjects(context.workspace.db)).values()]);
    if (existsSync(target)) throw alreadyThere(out);
    const exported = await exportObject(object, form, target, { at: context.io.now(), signal: context.signal });
    return {
      data: { key, id: object.id, path: target, form, ...exported },
      render: (printer) =>
        printer.line(
          text({
            de: (f) =>
              `${key}: ${f.counted(exported.files, 'Datei', 'Dateien')} (${f.bytes(exported.bytes)}) nach ${out} geschrieben.`,
            en: (f) =>
              `${key}: ${f.counted(exported.files, 'file', 'files')} (${f.bytes(exported.bytes)}) written to ${out}.`,
          }),
          'good',
        ),
    };
  },
});

function unknownKey(key: string, known: readonly { readonly object_key: string }[]): UsageError {
  const keys = known.map(({ object_key }) => object_key);
  // A file reference alone may stand for several files of other lots.
  const ofReference = keys.find((one) => one.endsWith(`/${key}`));
  return new UsageError(
    'usage.unknown-id',
    text({ de: `In der Ablage gibt es keine Akte „${key}“.`, en: `The store holds no file "${key}".` }),
    ofReference === undefined
      ? didYouMean(key, keys, 'scanlot import plan --json')
      : text({ de: `Meinten Sie „${ofReference}“?`, en: `Did you mean "${ofReference}"?` }),
  );
}

function alreadyThere(out: string): UsageError {
  return new UsageError(
    'usage.target-exists',
    text({
      de: `„${out}“ gibt es schon; nichts wurde geschrieben.`,
      en: `"${out}" exists already; nothing was written.`,
    }),
    text({ de: 'Ein neues Ziel nennen.', en: 'Name a new target.' }),
  );
}
