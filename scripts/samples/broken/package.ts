import { craftZip } from '../crafted-zip.ts';
import { sampleProfile } from '../delivery.ts';
import { samplePdf } from '../documents.ts';
import { fromChanges, type Recipes, withContent, withFile } from './recipe.ts';

const { manifest: _manifest, row: _row, pages: _pages, dms: _dms, ...withoutManifest } = sampleProfile;

/** Packages with one thing wrong about them as a whole. */
export const packageRecipes: Recipes = {
  'package.empty': () => ({ files: new Map(), portable: false }),
  'package.nothing-verified': () => ({
    files: new Map([['lieferschein.pdf', samplePdf(1)]]),
    profile: { ...withoutManifest, layout: { files: ['scans/**/*.pdf'], ignore: ['lieferschein.pdf'] } },
  }),
  'package.no-profile': () => ({ profile: null }),
  'package.nested-archive': () => ({
    ...fromChanges({ files: { 'scans/teil-2.zip': craftZip([{ name: 'a.pdf', content: samplePdf(1) }]) } }),
    with: ['package.file-unexpected'],
  }),
  'package.archive-unopened': () => ({
    ...withContent('scans/teil-2.zip', craftZip([{ name: 'a.pdf', content: samplePdf(1) }]), 1),
    profile: null,
    with: ['package.no-profile'],
  }),
  'package.too-many-entries': () => ({ profile: { ...sampleProfile, limits: { files: 5 } } }),
  'package.junk': () => withFile('scans/Thumbs.db'),
  'package.link': () => ({
    ...fromChanges({ files: { 'scans/verweis.pdf': { linkTo: 'ORD-2019-001/0001.pdf' } } }),
    portable: false,
  }),
  'package.transfer-unfinished': () => withFile('scans/ORD-2019-001/0003.pdf.part'),
  'package.file-unexpected': () => withFile('notizen.txt'),
  'package.format-not-agreed': () => ({ profile: { ...sampleProfile, files: { formats: ['pdf'] } } }),
  'package.file-too-large': () => ({ profile: { ...sampleProfile, files: { maximumBytes: 2_000 } } }),
  'package.item-unjudged': () => ({
    ...fromChanges({ checksums: null, files: { 'scans/ORD-2019-001/0002.pdf': null } }),
    profile: {
      ...sampleProfile,
      layout: { ...sampleProfile.layout, checksums: [] },
      checksums: { required: false },
      severity: { 'manifest.file-absent': { severity: 'warning', reason: 'absent files follow by courier' } },
    },
    with: ['manifest.file-absent'],
  }),
  'package.findings-truncated': () => ({
    ...fromChanges({
      files: Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`scans/~$${n}.docx`, Buffer.alloc(0)])),
    }),
    profile: { ...sampleProfile, limits: { findings: 100 } },
    with: ['package.junk'],
    portable: false,
  }),
};
