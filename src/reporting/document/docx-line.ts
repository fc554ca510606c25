import { Paragraph, TextRun } from 'docx';
import { visible } from '../safe-text.ts';

interface LineStyle {
  readonly bold?: boolean;
  /** In half points. */
  readonly size?: number;
  readonly before?: number;
  readonly after?: number;
  readonly keepNext?: boolean;
  readonly color?: string;
}

/** A paragraph of one line of text. */
export function line(text: string, { bold, size, before = 0, after = 0, keepNext, color }: LineStyle = {}): Paragraph {
  return new Paragraph({
    spacing: { before, after },
    ...(keepNext ? { keepNext } : {}),
    children: [
      new TextRun({
        text: safe(text),
        ...(bold ? { bold } : {}),
        ...(size === undefined ? {} : { size }),
        ...(color === undefined ? {} : { color }),
      }),
    ],
  });
}

/** No text of others may look like the place of a table. */
export function safe(text: string): string {
  return visible(text).replaceAll('@@TABLE-', '@@ TABLE-');
}
