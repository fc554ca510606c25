import { type Calculation, countedQuantity, type Quantities } from '../../contract/prices.ts';
import type { PriceLine, PricePosition } from '../../contract/pricing/price-position.ts';
import { add, type Cents, cents, zero } from '../../shared/money.ts';
import { fillInTurn, splitAmount } from './split.ts';

/** An accepted file with what was counted in it. */
export interface CountedFile extends Quantities {
  readonly reference: string;
  readonly volume: string;
}

/** What a file takes of a line of the acceptance that it belongs to. */
export interface FilePart {
  /** Index of the line. */
  readonly line: number;
  /** Thousandths of the unit; null for a share of what is not counted by file, in proportion to its pages. */
  readonly quantity: number | null;
  readonly net: Cents;
}

/** A file with its part of what the acceptance costs; the files make the acceptance, to the cent. */
export interface FilePrice {
  readonly file: CountedFile;
  readonly parts: readonly FilePart[];
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
}

/** Splits an acceptance over its files. Files fill the tiers in the order of the pick list. @param sheet the day's prices */
export function priceFiles(calculation: Calculation, files: readonly CountedFile[]): FilePrice[] {
  const parts: FilePart[][] = files.map(() => []);
  for (const lines of byPosition(calculation.lines)) splitPosition(lines, files, parts);
  const nets = parts.map((own) => add(...own.map(({ net }) => net)));
  const vats = splitAmount(calculation.vat, weightsOf(calculation.net, nets));
  return files.map((file, index) => {
    const [net, vat] = [nets[index] ?? zero, vats[index] ?? zero];
    return { file, parts: parts[index] ?? [], net, vat, gross: cents(net + vat) };
  });
}

interface IndexedLine extends PriceLine {
  readonly index: number;
}

function byPosition(lines: readonly PriceLine[]): IndexedLine[][] {
  const groups = new Map<string, IndexedLine[]>();
  for (const [index, line] of lines.entries()) {
    const group = groups.get(line.position.key) ?? [];
    groups.set(line.position.key, group);
    group.push({ ...line, index });
  }
  return [...groups.values()];
}

function splitPosition(lines: readonly IndexedLine[], files: readonly CountedFile[], parts: FilePart[][]): void {
  const counted = lines.filter(({ quantity }) => quantity > 0);
  const quantities = quantitiesOf(counted, files);
  const filled =
    quantities &&
    fillInTurn(
      quantities,
      counted.map(({ quantity }) => quantity),
    );
  for (const line of lines) {
    const place = counted.indexOf(line);
    const own = place < 0 ? undefined : filled?.map((inLines) => inLines[place] ?? 0);
    const nets = splitAmount(line.net, own ?? pagesOf(files));
    for (const [index, net] of nets.entries()) {
      const quantity = own ? (own[index] ?? 0) : null;
      if (net !== 0 || quantity) parts[index]?.push({ line: line.index, quantity, net });
    }
  }
}

/** What each file has of a position; undefined where it is not counted by file, or the files do not make the whole. */
function quantitiesOf(lines: readonly IndexedLine[], files: readonly CountedFile[]): number[] | undefined {
  const position: PricePosition | undefined = lines[0]?.position;
  if (!position || position.unit === 'sheet') return undefined;
  const quantities = files.map((file) => countedQuantity(position, file));
  const whole = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return quantities.reduce((sum, quantity) => sum + quantity, 0) === whole ? quantities : undefined;
}

function pagesOf(files: readonly CountedFile[]): number[] {
  const pages = files.map((file) => file.pages);
  return pages.some((count) => count > 0) ? pages : files.map(() => 1);
}

/** VAT follows the net amounts, unless these cancel each other out. */
function weightsOf(net: Cents, nets: readonly Cents[]): readonly number[] {
  return net === 0 ? nets.map(() => 1) : nets;
}
