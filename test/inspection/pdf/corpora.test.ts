import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpus } from '../../support/corpora.ts';
import { codesOf, inspectBytes, warns } from '../../support/pdf-facts.ts';

/**
 * Pages as both referees count them: `qpdf --show-npages` (qpdf 11.3.0) and `pdfinfo` (poppler 22.12.0). Where they
 * agree on one page, which is nearly everywhere, the file is not listed.
 */
const agreed: Readonly<Record<string, number>> = {
  'pdf/imagemagick-images.pdf': 6,
  'pdf/mistitled_outlines_example.pdf': 4,
  'pdf/habibi-rotated.pdf': 4,
  'pdfa/veraPDF test suite 6-1-13-t09-fail-b.pdf': 4,
  'pdfa/veraPDF test suite 6-2-4-3-t01-fail-i.pdf': 2,
  'pdfa/veraPDF test suite 6-5-1-t01-fail-n.pdf': 2,
  'pdfa/veraPDF test suite 6-5-1-t02-pass-a.pdf': 2,
  'scan-pdf/3small.pdf': 3,
  'scan-pdf/cardinal.pdf': 4,
  'scan-pdf/multipage.pdf': 6,
  'zugferd/zugferd_2p0_BASIC_Einfach.pdf': 2,
  'zugferd/zugferd_2p0_BASIC_Taxifahrt.pdf': 2,
  'zugferd/zugferd_2p0_EN16931_Kraftfahrversicherung_Bruttopreise.pdf': 2,
  'zugferd/zugferd_2p0_EN16931_SEPA_Prenotification.pdf': 2,
  'zugferd/zugferd_2p0_EXTENDED_Kostenrechnung.pdf': 3,
  'zugferd/zugferd_2p0_EXTENDED_Rechnungskorrektur.pdf': 2,
};

/** Where the referees disagree, give up, or only repeat what the file claims; each with the reason. */
const differing: Readonly<Record<string, number | null>> = {
  // Both give up without the password; the page tree is not in encrypted streams, so it can be read.
  'pdf/libreoffice-writer-password.pdf': 1,
  // Asks for a password, and the page tree is in encrypted streams: both give up too.
  'pdf-handbuilt/encryption_openpassword.pdf': null,
  // There is no page tree: qpdf says 0, pdfinfo gives up.
  'pdf-handbuilt/T02-02_001_no-page-tree-node.pdf': null,
  // Both repeat the wrong /Count of 9; there is one leaf, and the cross-reference is damaged as well.
  'pdf-handbuilt/T02-02_007_page-tree-wrong-count.pdf': null,
  // Both give up for lack of a trailer; the one catalog in the file leads to its one page.
  'pdf-handbuilt/T04_008_trailer-no-trailer-keyword.pdf': 1,
  'pdf-handbuilt/T04_009_trailer-no-opening-brackets.pdf': 1,
  'pdf-handbuilt/T04_012_trailer-root-no-indirect-reference.pdf': 1,
};

/** Sound files with something that is reported all the same. The damaged ones are in pdf-handbuilt. */
const reported: Readonly<Record<string, readonly string[]>> = {
  'pdf/libreoffice-writer-password.pdf': ['pdf.encrypted'],
  // A button sends the form.
  'pdf/pdflatex-forms.pdf': ['pdf.actions-on-pages'],
  'scan-pdf/jbig2.pdf': ['pdf.jbig2-symbols'],
  'scan-pdf/jbig2_baddevicen.pdf': ['pdf.jbig2-symbols'],
  // Files that veraPDF calls failing, for what can be seen without it.
  'pdfa/veraPDF test suite 6-1-10-t01-fail-a.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-1-3-t02-fail-a.pdf': ['pdf.pdfa-contradicted', 'pdf.encrypted'],
  'pdfa/veraPDF test suite 6-2-10-t03-fail-a.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-10-t03-fail-c.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-10-t03-fail-f.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-11-4-1-t01-fail-b.pdf': ['pdf.fonts-not-embedded', 'pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-11-4-1-t01-fail-d.pdf': ['pdf.fonts-not-embedded', 'pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-3-t01-fail-c.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-3-t01-fail-e.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-3-t01-fail-i.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-3-t01-fail-k.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-3-t01-fail-o.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-3-t02-fail-b.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-3-t03-fail-a.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-4-t01-fail-e.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-2-4-4-t01-fail-g.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-4-2-t01-fail-a.pdf': ['pdf.pdfa-contradicted'],
  'pdfa/veraPDF test suite 6-5-1-t01-fail-k.pdf': ['pdf.actions-on-pages', 'pdf.pdfa-contradicted'],
};

const sizes = { pdf: 19, 'pdf-handbuilt': 44, pdfa: 490, 'scan-pdf': 11, zugferd: 11 } as const;

function pdfsIn(folder: string): { path: string; name: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name))
    .map((entry) => ({ path: join(entry.parentPath, entry.name), name: entry.name }));
}

/** What is wrong with our reading of one file of a corpus, if anything. */
function complaints(corpusName: string, file: { path: string; name: string }): unknown[] {
  const key = `${corpusName}/${file.name}`;
  const facts = inspectBytes(readFileSync(file.path));
  const expected = key in differing ? differing[key] : (agreed[key] ?? 1);
  const wrong: unknown[] = [];
  if (facts.pages !== expected) wrong.push([key, facts.pages, expected]);
  if (facts.pages === null && !warns(facts)) wrong.push([key, 'no reason for the missing count']);
  const isKnown = corpusName === 'pdf-handbuilt' || codesOf(facts).join() === reported[key]?.join();
  if (warns(facts) && !isKnown) wrong.push([key, codesOf(facts)]);
  return wrong;
}

describe.each(Object.keys(sizes) as (keyof typeof sizes)[])('the corpus %s', (name) => {
  const folder = corpus(name);

  test.skipIf(folder === undefined)('is counted as qpdf and pdfinfo count it, without false alarms', () => {
    const files = pdfsIn(folder ?? '');
    expect(files).toHaveLength(sizes[name]);
    expect(files.flatMap((file) => complaints(name, file))).toEqual([]);
  });
});

describe('the hand-built files', () => {
  const folder = corpus('pdf-handbuilt');

  test.skipIf(folder === undefined).each([
    ['T01_006_header-invalid-syntax-no-pdf.pdf', 'pdf.header-missing'],
    ['T02-02_007_page-tree-wrong-count.pdf', 'pdf.count-differs'],
    ['T02-02_009_page-tree-wrong-type.pdf', 'pdf.page-type-wrong'],
    ['T02-03_004_page-object-wrong-parent.pdf', 'pdf.page-parent-wrong'],
    ['T02-03_008_page-object-mediabox-missing.pdf', 'pdf.page-size-missing'],
    ['T03_002_xref-keyword-missing.pdf', 'pdf.recovered'],
    ['T03_010_wrong-generation-number.pdf', 'pdf.recovered'],
    ['T04_007_premature-EOF-only.pdf', 'pdf.end-mark-missing'],
    ['encryption_nocopy.pdf', 'pdf.encrypted'],
    ['fileAttachment.pdf', 'pdf.attachments'],
  ])('%s has the finding %s', (name, code) => {
    const file = pdfsIn(folder ?? '').find((candidate) => candidate.name === name);
    expect(codesOf(inspectBytes(readFileSync(file?.path ?? '')))).toContain(code);
  });
});
