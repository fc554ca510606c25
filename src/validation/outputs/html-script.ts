/**
 * What the HTML result does in the browser: searches, filters, sorts and pages through the rows that stand in the file as
 * JSON. Only one page of rows is ever in the document, so that 50,000 findings open at once. Texts are set as text, never
 * as markup. For printing, the rows that are chosen are put on paper, up to a limit that is said.
 */
export const htmlScript = `'use strict';
(() => {
  const lang = document.documentElement.lang;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read('words');
  const codes = read('codes');
  const number = new Intl.NumberFormat(lang);
  const collator = new Intl.Collator(lang, { numeric: true });
  const pageSize = 100;
  const printSize = 2000;

  const load = (name) => {
    const rows = [];
    for (const block of document.querySelectorAll('script[data-rows="' + name + '"]')) {
      for (const row of JSON.parse(block.textContent)) rows.push(row);
      block.remove();
    }
    return rows;
  };
  const make = (name, content, style) => {
    const element = document.createElement(name);
    if (content !== undefined) element.textContent = content;
    if (style) element.className = style;
    return element;
  };
  const fill = (template, values) => template.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);

  function table(section) {
    const name = section.id;
    const { columns } = read(name + '-columns');
    const rows = load(name);
    const body = section.querySelector('tbody');
    const status = section.querySelector('.status');
    const search = section.querySelector('input[type=search]');
    const selects = [...section.querySelectorAll('select')];
    const buttons = [...section.querySelectorAll('thead button')];
    const [back, next] = section.querySelectorAll('.pager button');
    const texts = new Array(rows.length);
    let view = rows.map((_, index) => index);
    let page = 0;
    let sorted = -1;
    let direction = 1;

    const textOf = (index) => {
      if (texts[index] === undefined) {
        const row = rows[index];
        const title = columns.map((column, at) => (column.kind === 'code' ? codes[row[at]].title : '')).join(' ');
        texts[index] = (row.join(' ') + ' ' + title).toLowerCase();
      }
      return texts[index];
    };
    const compare = (a, b) => {
      const [x, y] = [rows[a][sorted], rows[b][sorted]];
      if (x === y) return a - b;
      if (x === null || x === '') return 1;
      if (y === null || y === '') return -1;
      const order = columns[sorted].order;
      const result = order ? order.indexOf(x) - order.indexOf(y) : typeof x === 'number' ? x - y : collator.compare(x, y);
      return result === 0 ? a - b : result * direction;
    };
    const choose = () => {
      const wanted = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const chosen = selects.map((select) => [Number(select.dataset.column), select.value]).filter(([, value]) => value);
      view = [];
      for (let index = 0; index < rows.length; index++) {
        if (!chosen.every(([column, value]) => rows[index][column] === value)) continue;
        if (wanted.length === 0 || wanted.every((word) => textOf(index).includes(word))) view.push(index);
      }
      if (sorted >= 0) view.sort(compare);
      page = 0;
      show();
    };
    const cellOf = (column, value, row) => {
      if (column.kind === 'number') return make('td', value === null ? '' : number.format(value), 'number');
      // The number of a row or page is a name, not a quantity: it is not grouped.
      if (column.kind === 'place') return make('td', value === null ? '' : String(value), 'number');
      if (column.kind === 'message') {
        const cell = make('td');
        const code = codes[row[column.code]];
        cell.append(make('strong', code.title), make('br'), value, make('br'), make('small', '\\u2192 ' + code.remedy));
        return cell;
      }
      return make('td', value === null ? '' : value, column.kind);
    };
    const lineOf = (index) => {
      const line = make('tr');
      columns.forEach((column, at) => line.append(cellOf(column, rows[index][at], rows[index])));
      return line;
    };
    const show = () => {
      const from = page * pageSize;
      const shown = view.slice(from, from + pageSize);
      body.replaceChildren(...shown.map(lineOf));
      status.textContent = fill(view.length === 0 ? words.none : words.shown, {
        from: number.format(from + 1),
        to: number.format(from + shown.length),
        of: number.format(view.length),
        all: number.format(rows.length),
      });
      back.disabled = page === 0;
      next.disabled = from + shown.length >= view.length;
    };
    const sortBy = (column) => {
      direction = sorted === column ? -direction : 1;
      sorted = column;
      buttons.forEach((button, at) => {
        if (at === column) button.parentElement.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
        else button.parentElement.removeAttribute('aria-sort');
      });
      view.sort(compare);
      page = 0;
      show();
    };
    const turn = (by) => {
      page += by;
      show();
      section.scrollIntoView();
    };
    let timer;
    search.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(choose, 150);
    });
    for (const select of selects) select.addEventListener('change', choose);
    buttons.forEach((button, at) => button.addEventListener('click', () => sortBy(at)));
    back.addEventListener('click', () => turn(-1));
    next.addEventListener('click', () => turn(1));
    addEventListener('beforeprint', () => {
      body.replaceChildren(...view.slice(0, printSize).map(lineOf));
      const values = { printed: number.format(printSize), of: number.format(view.length) };
      status.textContent = view.length > printSize ? fill(words.printed, values) : number.format(view.length);
    });
    addEventListener('afterprint', show);
    show();
    return {
      pick: (column, value) => {
        for (const select of selects) select.value = Number(select.dataset.column) === column ? value : '';
        search.value = '';
        choose();
        section.scrollIntoView();
      },
    };
  }

  const findings = table(document.getElementById('findings'));
  table(document.getElementById('items'));
  for (const button of document.querySelectorAll('button[data-code]')) {
    button.addEventListener('click', () => findings.pick(1, button.dataset.code));
  }
})();
`;

/** Beside the style of all reports. */
export const htmlTableStyle = `
.verdict { margin: .75rem 0 0; padding: .5rem .75rem; border-left: .4rem solid #1b3a5c; font-size: 1.1rem; font-weight: 600; }
.verdict.fail, .verdict.error { border-color: #a4161a; }
.verdict.pass { border-color: #1b6b3a; }
.filtered { padding: .5rem .75rem; border: 1px solid #8a6d00; background: #fff8e1; max-width: none; }
.books { max-width: none; font-size: 1.05rem; }
.hash { font-family: ui-monospace, "Cascadia Mono", "Liberation Mono", monospace; font-size: .8rem; overflow-wrap: anywhere; }
.tools { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; margin-bottom: .5rem; }
.tools label { display: grid; gap: .2rem; font-size: .875rem; color: #333; }
.tools input, .tools select { font: inherit; padding: .3rem .5rem; border: 1px solid #6b7785; border-radius: .2rem; max-width: 22rem; }
.tools input { width: 22rem; max-width: 80vw; }
.pager { display: flex; gap: .75rem; align-items: center; margin: .5rem 0; font-size: .9rem; }
.pager button, td button { font: inherit; padding: .25rem .7rem; border: 1px solid #6b7785; border-radius: .2rem; background: #f4f6f8; cursor: pointer; }
td button { padding: 0 .3rem; font-size: .85rem; }
.pager button:disabled { color: #767676; cursor: default; }
thead button { all: unset; cursor: pointer; font-weight: 600; text-decoration: underline dotted #6b7785; }
thead button:focus-visible { outline: 2px solid #0b5394; }
th[aria-sort=ascending] button::after { content: " \\25B2"; }
th[aria-sort=descending] button::after { content: " \\25BC"; }
td small { color: #333; }
td.path { overflow-wrap: anywhere; min-width: 12rem; }
td.sha { font-family: ui-monospace, "Liberation Mono", monospace; font-size: .75rem; overflow-wrap: anywhere; min-width: 12rem; }
td.plain { max-width: 16rem; }
.paper { display: none; }
@media print { .tools, .pager button, noscript, thead button { display: none; } .paper { display: inline; } td.path, td.sha { min-width: 0; } }
`;
