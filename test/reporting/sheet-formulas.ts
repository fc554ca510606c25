import type { Cell, Worksheet } from 'exceljs';

type Value = string | number | null;

export interface ComputedSheet {
  /** The values that the file holds beside its formulas, from row 2 on. */
  readonly stored: Value[][];
  /** The same, with every formula computed anew from the cells it names. */
  readonly computed: Value[][];
  readonly formulas: number;
}

/** Computes the formulas that our workbooks use: ROUND, IFERROR, SUBTOTAL(109, range), + - /. */
export function computeSheet(sheet: Worksheet): ComputedSheet {
  const stored: Value[][] = [];
  const computed: Value[][] = [];
  let formulas = 0;
  for (let row = 2; row <= sheet.rowCount; row++) {
    const [held, anew]: [Value[], Value[]] = [[], []];
    for (let column = 1; column <= sheet.columnCount; column++) {
      const cell = sheet.getCell(row, column);
      held.push(storedValue(cell));
      if (cell.formula) formulas++;
      anew.push(cell.formula ? evaluate(cell.formula, sheet) : storedValue(cell));
    }
    stored.push(held);
    computed.push(anew);
  }
  return { stored, computed, formulas };
}

function storedValue(cell: Cell): Value {
  const value = cell.formula ? cell.result : cell.value;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new Error(`${cell.address} holds ${JSON.stringify(value)}`);
}

function evaluate(formula: string, sheet: Worksheet): Value {
  const guarded = /^IFERROR\((.*),""\)$/.exec(formula);
  if (guarded) {
    const result = evaluate(guarded[1] ?? '', sheet);
    return typeof result === 'number' && Number.isFinite(result) ? result : null;
  }
  const rounded = /^ROUND\((.*),(\d)\)$/.exec(formula);
  if (rounded) return round(Number(evaluate(rounded[1] ?? '', sheet)), Number(rounded[2]));
  const ratio = /^([^/]+)\/([^/]+)$/.exec(formula);
  if (ratio) return term(ratio[1] ?? '', sheet) / term(ratio[2] ?? '', sheet);
  let sum = 0;
  for (const [, sign, operand = ''] of formula.matchAll(/([+-]?)([A-Z]+\d+|SUBTOTAL\([^)]*\))/g)) {
    sum += (sign === '-' ? -1 : 1) * term(operand, sheet);
  }
  return round(sum, 9);
}

function term(words: string, sheet: Worksheet): number {
  const range = /^SUBTOTAL\(109,([A-Z]+)(\d+):\1(\d+)\)$/.exec(words);
  if (!range) return cellNumber(sheet.getCell(words), sheet);
  let sum = 0;
  for (let row = Number(range[2]); row <= Number(range[3]); row++) {
    sum += cellNumber(sheet.getCell(`${range[1]}${row}`), sheet);
  }
  return sum;
}

function cellNumber(cell: Cell, sheet: Worksheet): number {
  return Number(cell.formula ? (evaluate(cell.formula, sheet) ?? 0) : (cell.value ?? 0));
}

/** As Excel rounds: half away from zero, in the decimal form of the number. */
function round(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  const shifted = Number(`${Math.abs(value).toPrecision(15)}e${decimals}`);
  return (Math.sign(value) * Math.round(shifted)) / 10 ** decimals;
}
