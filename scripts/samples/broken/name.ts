import { type DeliveredDocument, renderManifest, sampleDocuments } from '../delivery.ts';
import { sampleTiff } from '../documents.ts';
import { changed, fromChanges, fromDocuments, named, type Recipes } from './recipe.ts';

/** Packages with one bad file name. */
export const nameRecipes: Recipes = {
  'name.decomposed': () => {
    const path = 'scans/ORD-2019-001/Bußgeldübersicht.pdf';
    const files = new Map(fromDocuments(changed({ path })).files);
    const content = files.get(path)!;
    files.delete(path);
    return { files: files.set(path.normalize('NFD'), content), portable: false };
  },
  'name.unicode-collision': () => {
    const [first, second, ...others] = sampleDocuments() as [
      DeliveredDocument,
      DeliveredDocument,
      ...DeliveredDocument[],
    ];
    const path = 'scans/ORD-2019-001/Übersicht.pdf';
    const pair = [
      { ...first, path: path.normalize('NFC') },
      { ...second, path: path.normalize('NFD') },
    ];
    return { ...fromDocuments([...pair, ...others]), portable: false };
  },
  'name.case-collision': () => ({
    ...fromDocuments(changed({ path: 'scans/ORD-2019-001/0001.PDF' })),
    portable: false,
  }),
  'name.case-differs': () =>
    fromChanges({ manifest: renderManifest(changed({ path: 'Scans/ORD-2019-001/0002.pdf' })) }),
  'name.reserved': () => ({ ...named('scans/ORD-2019-001/aux.pdf'), portable: false }),
  'name.trailing-dot-or-space': () => ({ ...named('scans/ORD-2019-001./0002.pdf'), portable: false }),
  'name.control-character': () => ({ ...named('scans/ORD-2019-001/0002\u202efdp.pdf'), portable: false }),
  'name.forbidden-character': () => ({ ...named('scans/ORD-2019-001/wer?.pdf'), portable: false }),
  'name.too-long': () => ({ ...named(`scans/ORD-2019-001/${'x'.repeat(240)}.pdf`), portable: false }),
  'name.extension-misleads': () => fromDocuments(changed({ content: sampleTiff(1, 7) })),
};
