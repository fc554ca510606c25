/** Dark text on white, readable on a telephone and on paper. No font is loaded: the file stands alone. */
export const htmlStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; max-width: 96rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.5 "Segoe UI", "Open Sans", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; color: #1b3a5c; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; line-height: 1.3; color: #1b3a5c; }
p { max-width: 48rem; }
header p { max-width: none; }
.subtitle { margin: .25rem 0 0; font-size: 1.1rem; }
.origin { margin: .5rem 0 0; font-size: .875rem; color: #444; }
header { padding-bottom: 1rem; border-bottom: 2px solid #1b3a5c; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem 1.5rem; margin: 1rem 0; }
dl.figures > div { padding-top: .4rem; border-top: 1px solid #8a97a6; }
dl.figures dt { font-size: .875rem; color: #333; }
dl.figures dd { margin: 0; }
dl.figures dd.value { font-size: 1.35rem; font-weight: 600; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
dl.figures dd.note { font-size: .85rem; color: #444; }
figure { margin: 0; max-width: 56rem; overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 34rem; height: auto; }
.patterns { position: absolute; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; font-size: .875rem; color: #444; padding-bottom: .4rem; }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #d0d5db; }
th, td { max-width: 28rem; overflow-wrap: break-word; }
thead th { vertical-align: bottom; background: #eef2f6; border-top: 1px solid #1b3a5c; border-bottom: 1px solid #1b3a5c; }
tbody th { font-weight: 400; }
.number { text-align: right; }
td.number, td.day, tbody th, tfoot th { white-space: nowrap; }
tbody th:not(.number, .day) { white-space: normal; }
td.name, tbody th.name { white-space: nowrap; }
tfoot th, tfoot td { font-weight: 600; border-top: 2px solid #1b3a5c; border-bottom: 2px solid #1b3a5c; }
ol.notes { max-width: 48rem; padding-left: 1.4rem; }
@page { size: A4 landscape; margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  h2 { break-after: avoid; }
  figure, dl.figures > div, tr, section.short { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  .scroll, figure { overflow: visible; }
  figure svg { min-width: 0; }
  thead th { print-color-adjust: exact; }
}
`;
