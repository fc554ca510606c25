import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isError, type ObjectVerdict, ocflCodes, type RootVerdict, verifyPath } from '../../dms/ocfl/verify.ts';
import { UsageError } from '../../shared/errors.ts';
import { type Language, text } from '../../shared/language.ts';
import { noWorkspace, workspacePaths } from '../../storage/workspace.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { optionalArgument, readPercent, value } from '../options.ts';
import type { Printer } from '../printer.ts';

type Verdict = ObjectVerdict | RootVerdict;

export default defineCommand({
  name: 'store verify',
  summary: text({
    de: 'eine OCFL-Ablage oder ein OCFL-Objekt vollständig nachprüfen',
    en: 'verify an OCFL storage root or object by its every byte',
  }),
  details: text({
    de: 'Beurteilt jede Ablage und jedes Objekt nach OCFL 1.0 oder 1.1, auch fremde, und nennt Abweichungen mit den Nummern der Spezifikation (E… Fehler, W… Hinweis). Ohne Pfad: die Ablage des Arbeitsbereichs. Ändert nichts. Endet mit 0, wenn alles gültig ist, sonst mit 1.',
    en: 'Judges any storage root or object by OCFL 1.0 or 1.1, ours or not, and names what is wrong by the specification’s codes (E… error, W… warning). Without a path: the store of the workspace. Changes nothing. Ends with 0 when all is valid, otherwise with 1.',
  }),
  examples: ['scanlot store verify', 'scanlot store verify /mnt/archive/ocfl --sample 5'],
  workspace: 'none',
  arguments: {
    path: optionalArgument('PATH', text({ de: 'Ablage oder Objekt', en: 'storage root or object' })),
  },
  options: {
    sample: value(
      'PERCENT',
      text({
        de: 'nur diesen Anteil der Objekte lesen, nach ihrem Pfad ausgewählt',
        en: 'read only this share of the objects, chosen by their path',
      }),
      readPercent,
    ),
    seed: value(
      'WORDS',
      text({ de: 'andere Wörter, andere Auswahl von --sample', en: 'other words, another choice of --sample' }),
    ),
  },
  output: {
    schema: 'store-verify-1',
    members: {
      path: 'what was judged',
      kind: 'root or object',
      valid: 'true when nothing is an error',
      objects: 'objects found',
      verified: 'objects read; fewer with --sample',
      invalid: 'objects with errors',
      bytes: 'content bytes read',
      verdicts:
        'one for each object read, and the root: kind, path, id, spec, valid, files, bytes, problems (code, severity, path, detail, message)',
    },
  },
  run: async (context, { path, sample, seed = '' }) => {
    const target = path === undefined ? await ownStore(context) : context.path(path);
    requireFolder(target);
    const verdicts: Verdict[] = [];
    const select = sample === undefined ? undefined : (object: string) => isChosen(object, sample, seed);
    for await (const verdict of verifyPath(target, { signal: context.signal, select })) verdicts.push(verdict);
    const summary = summarise(verdicts);
    return {
      data: { path: target, ...summary, verdicts: verdicts.map((verdict) => described(verdict, context.language)) },
      exitCode: summary.valid ? 0 : 1,
      render: (printer) => {
        for (const verdict of verdicts) printProblems(printer, verdict);
        printSummary(printer, summary);
      },
    };
  },
});

async function ownStore(context: CommandContext): Promise<string> {
  const root = await context.findWorkspace();
  if (root === undefined) throw noWorkspace(context.path('.'));
  return workspacePaths(root).store;
}

function requireFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new UsageError(
    'usage.no-folder',
    text({ de: `„${path}“ ist kein Ordner.`, en: `"${path}" is no folder.` }),
    text({
      de: 'Den Ordner einer OCFL-Ablage oder eines OCFL-Objekts nennen; die des Arbeitsbereichs entsteht mit dem ersten Import.',
      en: 'Name the folder of an OCFL storage root or object; that of a workspace comes into being with its first import.',
    }),
  );
}

/** The same path and seed, the same answer on every machine. */
function isChosen(path: string, percent: number, seed: string): boolean {
  const draw = createHash('sha256').update(`${seed}\n${path}`).digest().readUInt32BE();
  return draw < (percent / 100) * 2 ** 32;
}

function summarise(verdicts: readonly Verdict[]) {
  const objects = verdicts.filter((verdict) => verdict.kind === 'object');
  const root = verdicts.find((verdict) => verdict.kind === 'root');
  return {
    kind: root ? 'root' : 'object',
    valid: verdicts.every(({ valid }) => valid),
    objects: root?.objects ?? objects.length,
    verified: objects.length,
    invalid: objects.filter(({ valid }) => !valid).length,
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
  } as const;
}

function described(verdict: Verdict, language: Language) {
  const problems = verdict.problems.map((problem) => ({
    ...problem,
    severity: isError(problem.code) ? 'error' : 'warning',
    message: ocflCodes[problem.code][language],
  }));
  return { ...verdict, problems };
}

function printProblems(printer: Printer, verdict: Verdict): void {
  const place = verdict.kind === 'object' ? verdict.path : '';
  for (const { code, path, detail } of verdict.problems) {
    const where = [place, path].filter((part) => part !== '').join('/') || '.';
    const words = ocflCodes[code][printer.language];
    printer.line(`${code}  ${where}: ${words}${detail === '' ? '' : ` (${detail})`}`, isError(code) ? 'bad' : 'warn');
  }
}

function printSummary(printer: Printer, summary: ReturnType<typeof summarise>): void {
  const { valid, objects, verified, invalid } = summary;
  const judgement = valid ? text({ de: 'Gültig', en: 'Valid' }) : text({ de: 'Ungültig', en: 'Invalid' });
  printer.line(
    text({
      de: (f) =>
        `${judgement.de}: ${f.number(verified)} von ${f.number(objects)} Objekten geprüft (${f.bytes(summary.bytes)}), ${f.number(invalid)} mit Fehlern.`,
      en: (f) =>
        `${judgement.en}: ${f.number(verified)} of ${f.number(objects)} objects verified (${f.bytes(summary.bytes)}), ${f.number(invalid)} with errors.`,
    }),
    valid ? 'good' : 'bad',
  );
}
