import { UsageError } from '../errors.ts';
import { type Text, text } from '../language.ts';
import { type Cell, cellText } from './cell.ts';

export interface CellMistake {
  readonly row: number;
  /** The heading as it stands in the file. */
  readonly column: string;
  readonly cell: Cell;
  readonly expected: Text;
}

/** Gathers what is wrong with a table: the first mistakes in words, all of them by number. */
export interface Mistakes {
  add(mistake: CellMistake): void;
  /** A mistake of a whole row. */
  addRow(row: number, what: Text): void;
  /** @throws UsageError when there was any */
  refuse(path: string): void;
}

const mistakesTold = 50;

export function createMistakes(): Mistakes {
  const told: Text[] = [];
  const rows = new Set<number>();
  let count = 0;
  const keep = (row: number, words: () => Text): void => {
    count += 1;
    rows.add(row);
    if (told.length < mistakesTold) told.push(words());
  };
  return {
    add: (mistake) => keep(mistake.row, () => describe(mistake)),
    addRow: (row, what) => keep(row, () => text({ de: `Zeile ${row}: ${what.de}`, en: `Row ${row}: ${what.en}` })),
    refuse(path) {
      if (count > 0) throw mistakesError(path, count, rows.size, told);
    },
  };
}

function mistakesError(path: string, count: number, rows: number, told: readonly Text[]): UsageError {
  const rest = count - told.length;
  const more = text({
    de: (format) => `… und ${format.number(rest)} weitere`,
    en: (format) => `… and ${format.number(rest)} more`,
  });
  return new UsageError(
    'table.mistakes',
    text({
      de: (format) =>
        `${path}: ${format.number(count)} Fehler in ${format.number(rows)} ${rows === 1 ? 'Zeile' : 'Zeilen'}.`,
      en: (format) =>
        `${path}: ${format.number(count)} ${count === 1 ? 'mistake' : 'mistakes'} in ${format.number(rows)} ${rows === 1 ? 'row' : 'rows'}.`,
    }),
    text({
      de: 'Berichtigen Sie die genannten Zellen und wiederholen Sie den Import; es wurde nichts übernommen.',
      en: 'Correct the cells named and repeat the import; nothing was taken over.',
    }),
    rest > 0 ? [...told, more] : told,
  );
}

function describe({ row, column, cell, expected }: CellMistake): Text {
  const shown = quoteCell(cell);
  return text({
    de: `Zeile ${row}, Spalte „${column}“: ${shown === '' ? 'leer' : `„${shown}“`}; erwartet: ${expected.de}`,
    en: `Row ${row}, column "${column}": ${shown === '' ? 'empty' : `"${shown}"`}; expected: ${expected.en}`,
  });
}

/** The cell on one line, and not too long. */
function quoteCell(cell: Cell): string {
  const shown = cellText(cell)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}
