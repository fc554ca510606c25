import type { PickedFile } from '../../custody/pick-list-import.ts';
import { packageForms } from '../../delivery/package-reader.ts';
import type { LoadedProfile } from '../../delivery/profile.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import type { CheckReport } from '../../validation/outputs/report.ts';
import { filterOf, filterOptions, outputOptions } from '../check-options.ts';
import { type CheckTarget, checkTargets, requirePlaces } from '../check-targets.ts';
import { defineCommand } from '../command.ts';
import { createEngines, engineOptions } from '../engine-options.ts';
import { choice, flag, severalArguments, value } from '../options.ts';

export default defineCommand({
  name: 'check',
  summary: text({ de: 'Lieferung gegen ihr Lieferprofil prüfen', en: 'check a delivery against its profile' }),
  details: text({
    de: 'Braucht keinen Arbeitsbereich und ändert nichts: Auftraggeber und Dienstleister prüfen damit dasselbe auf dieselbe Weise. Mit --out entstehen Ergebnisdateien (JSON, JSON Lines, CSV, XLSX, HTML, JUnit, SARIF, DOCX, PDF), mit --defects eine Mängelliste für den Dienstleister (CSV). --code, --severity, --file und --page wählen Befunde aus; Ergebnis und Summen ändern sie nie. Eine unterbrochene Prüfung geht beim nächsten gleichen Aufruf dort weiter, wo sie stehen blieb: Was die schon gelesenen Dateien ergaben, steht bis zum Abschluss (höchstens eine Woche) im Cache-Ordner des Benutzers (SCANLOT_CACHE bestimmt einen anderen); Dateien, die sich seither geändert haben, werden neu gelesen, und das Ergebnis sagt, wie viele nicht. Endet mit 0, wenn das Paket besteht, sonst mit 1.',
    en: "Needs no workspace and changes nothing: county and vendor check the same in the same way. --out writes result files (JSON, JSON Lines, CSV, XLSX, HTML, JUnit, SARIF, DOCX, PDF), --defects a defect list for the vendor (CSV). --code, --severity, --file and --page choose findings; they never change verdict or counts. An interrupted check goes on where it stopped when it is run again: what the files read so far yielded is kept in the user's cache folder (SCANLOT_CACHE names another) until the check is complete, for a week at most; files that changed since are read again, and the result says how many were not. Ends with 0 when the package passes, otherwise with 1.",
  }),
  examples: [
    'scanlot check lieferung-1 --profile ordnungsamt.json',
    'scanlot check lieferung-1 --profile ordnungsamt.json --out ergebnis.json --out ergebnis.html --defects maengel.csv --lang de',
    'scanlot check lieferung-1 --profile ordnungsamt.json --severity error --file scans/ORD-2019-001 --group-by file',
    'scanlot check lieferung-1 --profile ordnungsamt.json --format sarif',
    'scanlot check lieferung-1.zip --profile ordnungsamt.json',
    'scanlot check lieferung-1 --profile ordnungsamt.json --pick-list abholliste.csv',
    'scanlot check bag.zip --form bagit',
  ],
  workspace: 'none',
  arguments: {
    paths: severalArguments(
      'PATH',
      text({
        de: 'Ordner oder ZIP der Lieferung; mehrere ZIP-Dateien sind zusammen eine Lieferung',
        en: 'folder or zip file of the delivery; several zip files together are one delivery',
      }),
    ),
  },
  options: {
    profile: value(
      'FILE',
      text({
        de: 'das Lieferprofil (JSON, YAML); ohne wird nur die Unversehrtheit geprüft: Prüfsummen und Form',
        en: 'the delivery profile (JSON, YAML); without it only integrity is checked: checksums and form',
      }),
    ),
    lot: value(
      'LOT',
      text({ de: 'das Profil in der Fassung dieses Loses', en: 'the profile as it holds for this lot' }),
    ),
    pickList: value(
      'FILE',
      text({
        de: 'die Abholliste (CSV, XLSX), gegen die Akten, Kartons und Blattzahlen der Lieferung gehalten werden',
        en: 'the pick list (CSV, XLSX) that files, boxes and sheets of the delivery are held against',
      }),
    ),
    form: choice(
      ['auto', ...packageForms],
      text({
        de: 'Form der Lieferung (auto, auch ohne diese Angabe: am Inhalt erkannt)',
        en: 'form of the delivery (auto, the default: told by what lies there)',
      }),
    ),
    fresh: flag(
      text({
        de: 'alles neu lesen, auch wenn die Prüfung unterbrochen worden war',
        en: 'read everything again, even if the check was interrupted before',
      }),
    ),
    ...outputOptions,
    defects: value(
      'FILE',
      text({ de: 'Mängelliste als CSV in diese Datei', en: 'write the defect list as CSV to this file' }),
    ),
    ...engineOptions,
    ...filterOptions,
  },
  output: {
    schema: 'check-result-1',
    members: {
      tool: 'scanlot',
      version: 'version of scanlot',
      verdict: 'pass, fail or error (something could not be judged)',
      counts: 'the books: passed + failed + errored + waived = declared + unlisted; pages, findings by severity',
      profile: 'key, version, title and hash (sha256) of the profile; key "none" where no profile was applied',
      packageHash: 'sha256 over path, size and digest of all files',
      startedAt: 'ISO 8601 in UTC',
      finishedAt: 'ISO 8601 in UTC',
      resumed: 'files, bytes and startedAt of what was taken over from an interrupted check; null where all was read',
      manifests: 'how each manifest was read',
      engines: 'other programs that judged files, with their versions',
      pdfa: 'claims: files that claim to be PDF/A; judgedBy: veraPDF, or contradictions (plain ones only)',
      filter: 'with a filter only: codes, severities, files, pages, shown (findings listed) of (all)',
      findings: 'findings: code, severity, path, page, row, reference, args, message, remedy',
      items: 'every row and every unlisted file once: declared values, counted facts, state',
    },
  },
  run: async (
    context,
    { paths, profile: profilePath, lot, pickList, form, fresh, out, format, groupBy, defects, ...others },
  ) => {
    const { pdfa, virusScan, ...filters } = others;
    const targets = checkTargets(out, format);
    const written = [...targets.flatMap(({ file }) => file ?? []), ...(defects === undefined ? [] : [defects])];
    await requirePlaces(written.map(context.path), paths.map(context.path));
    const { withInspector } = await import('../../inspection/pool.ts');
    const { check, filter } = await withInspector(async (inspector) => {
      const { readFilter } = await import('../../validation/finding-filter.ts');
      const { loadForLot } = await import('../profile-lot.ts');
      const { journalFolder } = await import('../../inspection/journal/journal-folder.ts');
      const { checkResumably } = await import('../../validation/check-resumably.ts');
      const filter = readFilter(filterOf(filters));
      const profile = profilePath === undefined ? null : loadForLot(context.path(profilePath), lot);
      const engines = await createEngines({ pdfa, virusScan }, context.io.env);
      const check = await checkResumably(paths.map(context.path), profile, {
        inspector,
        journals: journalFolder(context.io.env),
        fresh,
        form: form === 'auto' ? undefined : form,
        engines,
        pickList: pickList === undefined ? undefined : await readPickedFiles(context.path(pickList), profile),
        progress: context.progress,
        signal: context.signal,
        now: () => context.io.now(),
      });
      return { check, filter };
    });
    const { reportOn } = await import('../../validation/outputs/report.ts');
    const { exitCodeOf } = await import('../../validation/verdict.ts');
    const { toListedResult } = await import('../../validation/result.ts');
    const { printCheck } = await import('../check-output.ts');
    const report = reportOn(check, context.language, filter);
    const printed = await write(report, targets, context.path);
    if (defects !== undefined) await writeDefects(context.path(defects), report);
    return {
      get data() {
        return { ...toListedResult(check, context.language, filter) };
      },
      exitCode: exitCodeOf(check.verdict),
      render: (printer) => {
        if (printed) {
          for (const piece of printed) context.io.stdout.write(piece);
          return;
        }
        printCheck(printer, report, groupBy);
        for (const file of written) {
          printer.line(text({ de: `Geschrieben: ${file}`, en: `Written: ${file}` }));
        }
      },
    };
  },
});

/** @throws UsageError where no column of the profile's manifest holds the references by which files are compared */
async function readPickedFiles(path: string, profile: LoadedProfile | null): Promise<readonly PickedFile[]> {
  if (!profile?.columns.some(({ field }) => field === 'reference')) {
    throw new UsageError(
      'check.pick-list-needs-references',
      text({
        de: 'Ohne ein Lieferprofil mit einer Spalte für Aktenzeichen lässt sich die Abholliste nicht vergleichen.',
        en: 'Without a profile that has a column of file references the pick list cannot be compared.',
      }),
      text({
        de: 'Mit --profile ein Lieferprofil angeben, das unter manifest.columns „reference“ zuordnet.',
        en: 'Name a profile with --profile that maps "reference" under manifest.columns.',
      }),
    );
  }
  const { readPickList } = await import('../../custody/pick-list-import.ts');
  return (await readPickList(path)).files;
}

/** Writes what goes to files. @returns what goes to stdout in place of the words for people, if anything does */
async function write(
  report: CheckReport,
  targets: readonly CheckTarget[],
  resolve: (typed: string) => string,
): Promise<Iterable<string> | undefined> {
  const { renderCheck, writeCheck } = await import('../../validation/outputs/forms.ts');
  for (const { form, file } of targets) if (file !== null) await writeCheck(report, form, resolve(file));
  const printed = targets.find(({ file }) => file === null);
  return printed && renderCheck(report, printed.form);
}

async function writeDefects(target: string, { findings, language }: CheckReport): Promise<void> {
  const { writeDefectList } = await import('../../validation/defect-list.ts');
  await writeDefectList(target, findings, language);
}
