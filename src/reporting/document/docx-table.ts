import { escapeMarkup, visible } from '../safe-text.ts';
import type { DocumentTable } from './model.ts';

/** The table in WordprocessingML (ECMA-376, part 1, 17.4), row by row; `width` in twentieths of a point. */
export function* tableXml({ columns, rows, total }: DocumentTable, width: number): Iterable<string> {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.round((share / shares) * width));
  yield `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${widths.map((one) => `<w:gridCol w:w="${one}"/>`).join('')}</w:tblGrid>`;
  const row = (cells: readonly string[], head: boolean, bold = head): string => {
    const content = columns.map((column, index) =>
      cell(cells[index] ?? '', widths[index] ?? 0, { head, bold, right: column.align === 'right' }),
    );
    return `<w:tr><w:trPr><w:cantSplit/>${head ? '<w:tblHeader/>' : ''}</w:trPr>${content.join('')}</w:tr>`;
  };
  yield row(
    columns.map(({ title }) => title),
    true,
  );
  for (const cells of rows) yield row(cells, false);
  if (total) yield row(total, false, true);
  // Two tables without a paragraph between them would become one.
  yield '</w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="120"/></w:pPr></w:p>';
}

const borders = ['top', 'bottom', 'insideH']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="BFC7D0"/>`)
  .join('');

interface CellStyle {
  readonly head: boolean;
  readonly bold: boolean;
  readonly right: boolean;
}

function cell(words: string, width: number, { head, bold, right }: CellStyle): string {
  const shade = head ? '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' : '';
  const align = right ? '<w:jc w:val="right"/>' : '';
  const style = `<w:rPr>${bold ? '<w:b/>' : ''}<w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>`;
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${shade}</w:tcPr><w:p><w:pPr><w:spacing w:before="30" w:after="30"/>${align}</w:pPr><w:r>${style}<w:t xml:space="preserve">${escapeMarkup(visible(words))}</w:t></w:r></w:p></w:tc>`;
}
