import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { type Language, text } from '../../shared/language.ts';
import type { PackageCheck } from '../../validation/check-package.ts';
import { defineCommand } from '../command.ts';
import { argument, requiredValue, value } from '../options.ts';

export default defineCommand({
  name: 'check',
  summary: text({ de: 'Lieferung gegen ihr Lieferprofil prüfen', en: 'check a delivery against its profile' }),
  details: text({
    de: 'Braucht keinen Arbeitsbereich und ändert nichts: Auftraggeber und Dienstleister prüfen damit dasselbe auf dieselbe Weise. Mit --out entsteht eine Ergebnisdatei (JSON), mit --defects eine Mängelliste für den Dienstleister (CSV). Endet mit 0, wenn das Paket besteht, sonst mit 1.',
    en: 'Needs no workspace and changes nothing: county and vendor check the same in the same way. --out writes a result file (JSON), --defects a defect list for the vendor (CSV). Ends with 0 when the package passes, otherwise with 1.',
  }),
  examples: [
    'scanlot check lieferung-1 --profile ordnungsamt.json',
    'scanlot check lieferung-1 --profile ordnungsamt.json --out ergebnis.json --defects maengel.csv --lang de',
  ],
  workspace: 'none',
  arguments: { path: argument('PATH', text({ de: 'Ordner der Lieferung', en: 'folder of the delivery' })) },
  options: {
    profile: requiredValue(
      'FILE',
      text({ de: 'das Lieferprofil (JSON, YAML)', en: 'the delivery profile (JSON, YAML)' }),
    ),
    out: value('FILE', text({ de: 'Ergebnis als JSON in diese Datei', en: 'write the result as JSON to this file' })),
    defects: value(
      'FILE',
      text({ de: 'Mängelliste als CSV in diese Datei', en: 'write the defect list as CSV to this file' }),
    ),
  },
  output: {
    schema: 'check-result-1',
    members: {
      tool: 'scanlot',
      version: 'version of scanlot',
      verdict: 'pass, fail or error (something could not be judged)',
      counts: 'the books: passed + failed + errored = declared + unlisted; pages, findings by severity',
      profile: 'key, version, title and hash (sha256) of the profile',
      packageHash: 'sha256 over path, size and digest of all files',
      startedAt: 'ISO 8601 in UTC',
      finishedAt: 'ISO 8601 in UTC',
      manifests: 'how each manifest was read',
      findings: 'findings: code, severity, path, page, row, reference, args, message, remedy',
      items: 'every row and every unlisted file once: declared values, counted facts, state',
    },
  },
  run: async (context, { path, profile: profilePath, out, defects }) => {
    const { loadProfile } = await import('../../delivery/profile.ts');
    const { checkPackage } = await import('../../validation/check-package.ts');
    const { exitCodeOf } = await import('../../validation/verdict.ts');
    const { toResult } = await import('../../validation/result.ts');
    const { printCheck } = await import('../check-output.ts');
    const profile = loadProfile(context.path(profilePath));
    const check = await checkPackage(context.path(path), profile, {
      progress: context.progress,
      signal: context.signal,
      now: () => context.io.now(),
    });
    if (out !== undefined) await writeResult(context.path(out), check, context.language);
    if (defects !== undefined) await writeDefects(context.path(defects), check, context.language);
    return {
      get data() {
        return { ...toResult(check, context.language) };
      },
      exitCode: exitCodeOf(check.verdict),
      render: (printer) => {
        printCheck(printer, check);
        for (const file of [out, defects]) {
          if (file !== undefined) printer.line(text({ de: `Geschrieben: ${file}`, en: `Written: ${file}` }));
        }
      },
    };
  },
});

async function writeResult(target: string, check: PackageCheck, language: Language): Promise<void> {
  const { renderResult } = await import('../../validation/result.ts');
  await writeFileAtomically(target, (temporary) =>
    pipeline(Readable.from(renderResult(check, language)), createWriteStream(temporary)),
  );
}

async function writeDefects(target: string, check: PackageCheck, language: Language): Promise<void> {
  const { renderDefectList } = await import('../../validation/defect-list.ts');
  await writeFileAtomically(target, renderDefectList(check.findings, language));
}
