import {
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import { line, safe } from './docx-line.ts';
import { widths } from './docx-paper.ts';
import type { Letterhead } from './model.ts';

/** The sender, and below recipient and references side by side. */
export function letterheadOf({ sender, returnLine, recipient, references }: Letterhead) {
  const [office = '', ...address] = sender;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
  const borders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  const [left, right] = [5400, widths.portrait - 5400];
  const cell = (width: number, children: Paragraph[]) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { left: 0, right: 0, top: 0, bottom: 0 },
      children,
    });
  return [
    line(office, { bold: true, size: 28 }),
    ...address.map((words) => line(words, { size: 18 })),
    line('', { after: Math.max(0, 900 - address.length * 220) }),
    new Table({
      width: { size: widths.portrait, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      columnWidths: [left, right],
      borders,
      rows: [
        new TableRow({
          children: [
            cell(left, [
              line(returnLine, { size: 13, after: 100 }),
              ...recipient.map((words) => line(words)),
              ...Array.from({ length: Math.max(0, 6 - recipient.length) }, () => line('')),
            ]),
            cell(
              right,
              references.map(
                ([name, value]) =>
                  new Paragraph({
                    spacing: { before: 0, after: 20 },
                    indent: { left: 1500, hanging: 1500 },
                    tabStops: [{ type: TabStopType.LEFT, position: 1500 }],
                    children: [
                      new TextRun({ text: safe(name), size: 18, color: '4D4D4D' }),
                      new TextRun({ children: ['\t', safe(value)], size: 18 }),
                    ],
                  }),
              ),
            ),
          ],
        }),
      ],
    }),
    line('', { after: 300 }),
  ];
}
