/** Letters of a pattern for days and times, as many as digits are written. */
const parts: readonly (readonly [letters: string, digits: (time: string) => string])[] = [
  ['yyyy', (time) => time.slice(0, 4)],
  ['MM', (time) => time.slice(5, 7)],
  ['dd', (time) => time.slice(8, 10)],
  ['HH', (time) => time.slice(11, 13)],
  ['mm', (time) => time.slice(14, 16)],
  ['ss', (time) => time.slice(17, 19)],
];
const everyPart = new RegExp(parts.map(([letters]) => letters).join('|'), 'g');

/** A day or time (UTC) by a pattern: "dd.MM.yyyy" gives 31.12.2020; what is none of yyyy, MM, dd, HH, mm, ss stays. */
export function writeTime(time: Date, pattern: string): string {
  const written = time.toISOString();
  return pattern.replace(everyPart, (letters) => parts.find(([known]) => known === letters)?.[1](written) ?? letters);
}

/** Replaces every occurrence of a text. @returns undefined when the outcome would be longer than `longest` characters */
export function replaceText(value: string, searched: string, by: string, longest: number): string | undefined {
  if (searched === '') return value;
  const pieces = value.split(searched);
  const length = value.length + (pieces.length - 1) * (by.length - searched.length);
  return length > longest ? undefined : pieces.join(by);
}
