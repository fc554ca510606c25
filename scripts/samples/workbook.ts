import { zip } from './zip.ts';

/** A cell: words, a number, a day (2021-12-31), or an amount with its decimals; "" for none. */
export type Cell = string | number | { readonly day: string } | { readonly amount: number; readonly decimals: number };

/** Style numbers in `styles`. */
const style = { plain: 0, heading: 1, day: 2, whole: 3, decimal: 4 } as const;

/** A workbook of one sheet whose first row is the heading (ECMA-376): the same bytes for the same cells. */
export function workbook(sheet: string, rows: readonly (readonly Cell[])[]): Buffer {
  const files = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeXml(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': worksheet(rows),
  };
  return zip(new Map(Object.entries(files).map(([path, xml]) => [path, Buffer.from(declaration + xml)])));
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`;

const styles =
  `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>';

function relationships(parts: readonly (readonly [type: string, target: string])[]): string {
  const entries = parts.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packageRelations}">${entries.join('')}</Relationships>`;
}

function worksheet(rows: readonly (readonly Cell[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => {
    const longest = Math.max(8, ...rows.map((row) => shown(row[column] ?? '').length));
    return `<col min="${column + 1}" max="${column + 1}" width="${Math.min(60, longest + 2)}" customWidth="1"/>`;
  });
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) => renderCell(cell, `${columnName(column)}${index + 1}`, index === 0));
    return `<row r="${index + 1}">${cells.join('')}</row>`;
  });
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const filter = `<autoFilter ref="A1:${columnName(columns - 1)}${rows.length}"/>`;
  return `<worksheet xmlns="${main}">${frozen}<cols>${widths.join('')}</cols><sheetData>${lines.join('')}</sheetData>${filter}</worksheet>`;
}

function renderCell(cell: Cell, place: string, isHeading: boolean): string {
  if (cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') {
    const [look, number] = 'day' in cell ? [style.day, serialDay(cell.day)] : [lookOf(cell.decimals), cell.amount];
    return `<c r="${place}" s="${look}"><v>${number}</v></c>`;
  }
  const look = isHeading ? style.heading : style.plain;
  return `<c r="${place}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

function lookOf(decimals: number): number {
  return decimals === 0 ? style.whole : style.decimal;
}

function shown(cell: Cell): string {
  if (typeof cell !== 'object') return String(cell);
  return 'day' in cell ? cell.day : cell.amount.toLocaleString('en', { minimumFractionDigits: cell.decimals });
}

/** Days since 30 December 1899, as spreadsheets count them. */
function serialDay(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
}

/** 0 → A; sheets of ours have fewer than 26 columns. */
function columnName(column: number): string {
  return String.fromCharCode(65 + column);
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
