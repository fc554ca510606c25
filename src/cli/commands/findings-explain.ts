import { readFileSync } from 'node:fs';
import { examples } from '../../findings/examples.ts';
import { type Finding, type FindingCode, isFindingCode, messageOf } from '../../findings/finding.ts';
import { UsageError } from '../../shared/errors.ts';
import { text, verbatim } from '../../shared/language.ts';
import { packagePath } from '../../shared/package.ts';
import { didYouMean } from '../../shared/suggest.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { findingCodes, findingRecord, kindNames, sampleOf, severityNames } from '../finding-catalogue.ts';
import { argument } from '../options.ts';

/** A finding as it is told of a sample or, without one, of an example. */
type Example = Pick<Finding, 'code' | 'args'> & { readonly path: string | null };

export default defineCommand({
  name: 'findings explain',
  summary: text({ de: 'einen Befund erklären', en: 'explain a finding' }),
  details: text({
    de: 'Zeigt Schwere, Art, eine Meldung als Beispiel, die Abhilfe, die Norm dahinter und ein Musterpaket, das den Befund auslöst. Das Lieferprofil kann eine andere Schwere vereinbaren.',
    en: 'Shows severity, kind, a message as an example, the remedy, the standard behind it, and a sample package that yields it. The delivery profile may agree on another severity.',
  }),
  examples: ['scanlot findings explain pages.count-differs', 'scanlot findings explain checksum.mismatch --lang de'],
  workspace: 'none',
  arguments: { code: argument('CODE', text({ de: 'Code des Befunds', en: 'code of the finding' })) },
  output: {
    schema: 'findings-explain-1',
    members: {
      finding: 'code, topic, severity, kind, title, remedy, reference, sample: as in findings-list-1',
      example: 'args, message, path (of the file in the sample, or null): how it is told, or null',
    },
  },
  run: async (context, { code }) => {
    if (!isFindingCode(code)) throw unknownCode(code);
    const { language } = context;
    const example = (await exampleFromSample(code, context)) ?? exampleByHand(code);
    const message = example && messageOf(example, language);
    const record = findingRecord(code, language);
    return {
      data: { finding: record, example: example ? { args: example.args, message, path: example.path } : null },
      render: (printer) => {
        printer.heading(verbatim(`${code}: ${record.title}`));
        printer.pairs([
          [text({ de: 'Schwere', en: 'severity' }), severityNames[record.severity][language]],
          [text({ de: 'Art', en: 'kind' }), kindNames[record.kind][language]],
          ...(record.reference ? ([[text({ de: 'Grundlage', en: 'reference' }), record.reference]] as const) : []),
        ]);
        if (example && message !== undefined) {
          printer.heading(text({ de: 'Beispiel', en: 'Example' }));
          printer.line(example.path ? `${example.path}: ${message}` : message);
        }
        printer.heading(text({ de: 'Was zu tun ist', en: 'What to do' }));
        printer.line(record.remedy);
        if (!record.sample) return;
        printer.heading(text({ de: 'Musterpaket', en: 'Sample package' }));
        printer.line(packagePath(record.sample));
      },
    };
  },
});

/** What the check of the sample says: never out of date. */
async function exampleFromSample(code: FindingCode, { signal, io }: CommandContext): Promise<Example | undefined> {
  const sample = sampleOf(code);
  if (!sample) return undefined;
  const expected = JSON.parse(readFileSync(packagePath(sample, 'expected.json'), 'utf8')) as {
    readonly package: string;
    readonly profile: string | null;
  };
  const { loadProfile } = await import('../../delivery/profile.ts');
  const { checkPackage } = await import('../../validation/check-package.ts');
  const profile = expected.profile === null ? null : loadProfile(packagePath(sample, expected.profile));
  const check = await checkPackage(packagePath(sample, expected.package), profile, { signal, now: () => io.now() });
  const found = check.findings.find((finding) => finding.code === code);
  return found && { code, args: found.args, path: found.path === '' ? null : found.path };
}

function exampleByHand(code: FindingCode): Example | undefined {
  const args = examples[code];
  return args && { code, args, path: null };
}

function unknownCode(code: string): UsageError {
  return new UsageError(
    'findings.code-unknown',
    text({ de: `Den Befund „${code}“ gibt es nicht.`, en: `There is no finding "${code}".` }),
    didYouMean(code, findingCodes, 'scanlot findings list'),
  );
}
