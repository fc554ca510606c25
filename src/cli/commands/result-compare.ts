import { visible } from '../../reporting/safe-text.ts';
import { text } from '../../shared/language.ts';
import { compareResults, type ItemDifference } from '../../validation/compare-results.ts';
import { readResult } from '../../validation/read-result.ts';
import type { ResultFinding } from '../../validation/result.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../options.ts';
import type { Printer } from '../printer.ts';

/** Beyond, a list is longer than anyone reads on a terminal; --json has all. */
const MOST_LINES = 40;

export default defineCommand({
  name: 'result compare',
  summary: text({
    de: 'zwei Ergebnisdateien vergleichen: dasselbe geprüft, auf dieselbe Weise?',
    en: 'compare two result files: the same checked in the same way?',
  }),
  details: text({
    de: 'Vergleicht Programmversion, Profil-Prüfsumme, Paket-Prüfsumme, Summen, Befunde und Dateien; Zeiten und die Sprache der Meldungen zählen nicht. Endet mit 0, wenn beide dasselbe sagen, mit 1, wenn nicht, mit 2, wenn eine Datei kein vollständiges Ergebnis ist.',
    en: 'Compares version of the program, profile hash, package hash, counts, findings and files; times and the language of messages do not count. Ends with 0 when both say the same, with 1 when not, with 2 when a file is no complete result.',
  }),
  examples: ['scanlot result compare dienstleister.json auftraggeber.json'],
  workspace: 'none',
  arguments: {
    a: argument('A', text({ de: 'eine Ergebnisdatei (JSON)', en: 'a result file (JSON)' })),
    b: argument('B', text({ de: 'die andere', en: 'the other one' })),
  },
  output: {
    schema: 'result-compare-1',
    members: {
      same: 'nothing but times and wording differs',
      sameTool: 'the same version of scanlot checked',
      sameProfile: 'the profiles have the same hash',
      samePackage: 'the packages have the same hash: the same paths, sizes and digests',
      differences: 'what differs in version, hashes, verdict, counts, engines, pdfa, manifests: what, a, b',
      onlyInA: 'findings that B lacks',
      onlyInB: 'findings that A lacks',
      items: 'rows and files that differ: path, manifest, row, members (which values differ), a, b (null where absent)',
    },
  },
  run: async (context, { a, b }) => {
    const comparison = compareResults(readResult(context.path(a)), readResult(context.path(b)));
    return {
      data: { ...comparison },
      exitCode: comparison.same ? 0 : 1,
      render: (printer) => {
        printer.pairs([
          [text({ de: 'Programmversion', en: 'version' }), sameWords(comparison.sameTool, printer)],
          [text({ de: 'Lieferprofil', en: 'profile' }), sameWords(comparison.sameProfile, printer)],
          [text({ de: 'Paket', en: 'package' }), sameWords(comparison.samePackage, printer)],
        ]);
        if (comparison.differences.length > 0) {
          printer.heading(text({ de: 'Unterschiede', en: 'Differences' }));
          printer.table(comparison.differences, [
            { title: text({ de: 'Angabe', en: 'member' }), value: ({ what }) => what },
            { title: text({ de: 'A', en: 'A' }), value: (row) => String(row.a), shrinks: true },
            { title: text({ de: 'B', en: 'B' }), value: (row) => String(row.b), shrinks: true },
          ]);
        }
        printFindings(printer, comparison.onlyInA, 'A');
        printFindings(printer, comparison.onlyInB, 'B');
        printItems(printer, comparison.items);
        printer.line();
        if (comparison.same) {
          printer.line(text({ de: 'Beide sagen dasselbe.', en: 'Both say the same.' }), 'good');
        } else {
          printer.line(text({ de: 'Die Ergebnisse unterscheiden sich.', en: 'The results differ.' }), 'bad');
        }
      },
    };
  },
});

function sameWords(same: boolean, { language }: Printer): string {
  const words = same ? text({ de: 'gleich', en: 'same' }) : text({ de: 'verschieden', en: 'different' });
  return words[language];
}

function printFindings(printer: Printer, findings: readonly ResultFinding[], side: 'A' | 'B'): void {
  if (findings.length === 0) return;
  printer.heading(text({ de: `Befunde nur in ${side}`, en: `Findings in ${side} only` }));
  for (const { code, path, message } of findings.slice(0, MOST_LINES)) {
    printer.line(`${code} ${visible(path)}: ${visible(message)}`);
  }
  printRest(printer, findings.length);
}

function printItems(printer: Printer, items: readonly ItemDifference[]): void {
  if (items.length === 0) return;
  printer.heading(text({ de: 'Positionen, die sich unterscheiden', en: 'Items that differ' }));
  for (const { path, manifest, row, members, a, b } of items.slice(0, MOST_LINES)) {
    const place = [visible(path), ...(manifest === null ? [] : [`${visible(manifest)}:${row}`])].join(' ');
    const only = text({
      de: `nur in ${a ? 'A' : 'B'}`,
      en: `in ${a ? 'A' : 'B'} only`,
    })[printer.language];
    printer.line(`${place}: ${a && b ? members.join(', ') : only}`);
  }
  printRest(printer, items.length);
}

function printRest(printer: Printer, count: number): void {
  const rest = count - MOST_LINES;
  if (rest <= 0) return;
  printer.line(
    text({
      de: (f) => `… und ${f.number(rest)} weitere; alle mit --json`,
      en: (f) => `… and ${f.number(rest)} more; all with --json`,
    }),
    'quiet',
  );
}
