import { holdingFields } from '../../holdings/fields.ts';
import { criterionTitles, gateTitles } from '../../planning/config.ts';
import { planDocument } from '../../planning/document.ts';
import type { Plan, RankedEntry } from '../../planning/plan.ts';
import { planWorkspace, type WorkspacePlan } from '../../planning/plan-workspace.ts';
import { type CalendarDate, localDate, yearOf } from '../../shared/dates.ts';
import { UsageError } from '../../shared/errors.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { flag, readDate, readMoney, value } from '../options.ts';
import type { Printer, TableColumn } from '../printer.ts';

const basisNames = { net: text({ de: 'netto', en: 'net' }), gross: text({ de: 'brutto', en: 'gross' }) };

/** A year for which there is a rate of VAT. */
function readYear(raw: string, name: string): number {
  if (/^(20(0[7-9]|[1-9]\d)|21\d\d)$/.test(raw)) return Number(raw);
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: 'Erwartet: ein Jahr wie 2021.', en: 'Expected: a year such as 2021.' }),
  );
}

export default defineCommand({
  name: 'plan',
  summary: text({
    de: 'welche Bestände als Nächstes digitalisiert werden, im Rahmen des Haushalts',
    en: 'which holdings to digitise next, within the budget',
  }),
  details: text({
    de: 'Ausschlussgründe (Aufbewahrung fast abgelaufen, Anbietung offen, DMS nicht eingeführt, Original verbleibt, kein Preis, Höchstmenge erreicht) halten Bestände heraus; gewichtete Kriterien ordnen die übrigen; in dieser Reihenfolge wird eingeplant, was in das Budget passt. Gewichte und Gründe stehen in scanlot.json unter „planning“. Geändert wird nichts.',
    en: 'Gates (retention nearly over, archive offer open, DMS not live, original must stay, no price, maximum reached) keep holdings out; weighted criteria rank the others; in that order what fits the budget is planned. Weights and gates are in scanlot.json under "planning". Nothing is changed.',
  }),
  examples: ['scanlot plan --year 2021', 'scanlot plan --year 2021 --budget 260000 --criteria', 'scanlot plan --json'],
  workspace: 'read',
  options: {
    year: value(
      'YEAR',
      text({ de: 'Haushaltsjahr (sonst das laufende)', en: 'fiscal year (default: the current)' }),
      readYear,
    ),
    budget: value(
      'AMOUNT',
      text({
        de: 'Budget, brutto (sonst was der Haushalt des Jahres noch hergibt)',
        en: "budget, gross (default: what is left of the year's budget)",
      }),
      readMoney,
    ),
    net: flag(text({ de: 'das mit --budget genannte Budget ist netto', en: 'the budget given by --budget is net' })),
    department: value(
      'NAME',
      text({ de: 'nur dieses Amt und sein Budget', en: 'this department and its budget only' }),
    ),
    performedOn: value(
      'DATE',
      text({
        de: 'Leistungstag für Preis und Umsatzsteuer (sonst Jahresende)',
        en: 'day of performance for price and VAT (default: end of the year)',
      }),
      readDate,
    ),
    split: flag(
      text({
        de: 'den ersten Bestand, der nicht passt, nach ganzen laufenden Metern teilen',
        en: 'split the first holding that does not fit by whole running metres',
      }),
    ),
    criteria: flag(text({ de: 'die Punkte jedes Kriteriums zeigen', en: 'show the points of each criterion' })),
  },
  output: {
    schema: 'plan-1',
    members: {
      year: 'planned fiscal year',
      budget: 'amount (decimal EUR), basis (net or gross)',
      freeBudget: 'appropriated, used, free (decimal EUR, gross), or null when the budget was given',
      cost: 'of everything planned: net, vat, gross (decimal EUR)',
      rest: 'left of the budget, in its basis (decimal EUR)',
      pages: 'pages planned',
      runningMetres: 'running metres planned (decimal)',
      fullPoints: 'points of a holding with the full score in all criteria',
      ranked:
        'by rank: rank, state (planned, partly, does-not-fit), holding (as in holding-list-1), points, criteria (criterion, score from 0 to 1000, weight, points, reason), cost of the whole holding, planned (runningMetres, pages, files, cost) or null, restBefore, explanation',
      excluded: 'by key: holding, gates (gate, reason, remedy), explanation',
      unpriced: 'price positions that the costs leave out, since their quantity cannot be estimated: lot, positions',
    },
  },
  run: async ({ workspace, language }, values) => {
    const { budget, net, department, performedOn, split, criteria } = values;
    const year = values.year ?? yearOf(localDate(workspace.now()));
    if (net && budget === undefined) throw netWithoutBudget();
    if (performedOn !== undefined && yearOf(performedOn) !== year) throw outsideOfYear(performedOn, year);
    const planned = await planWorkspace(workspace, {
      year,
      budget: budget === undefined ? undefined : { amount: budget, basis: net ? 'net' : 'gross' },
      department,
      performedOn,
      allowSplit: split || undefined,
    });
    return {
      data: {
        ...planDocument(planned.plan, language),
        freeBudget: planned.freeBudget
          ? {
              appropriated: centsToDecimal(planned.freeBudget.appropriated),
              used: centsToDecimal(planned.freeBudget.used),
              free: centsToDecimal(planned.freeBudget.free),
            }
          : null,
        unpriced: planned.unpriced,
      },
      render: (printer) => {
        renderSummary(printer, planned);
        renderRanked(printer, planned.plan, criteria);
        renderExcluded(printer, planned.plan);
        renderUnpriced(printer, planned.unpriced);
      },
    };
  },
});

function netWithoutBudget(): UsageError {
  return new UsageError(
    'usage.net-without-budget',
    text({
      de: '--net gilt für den mit --budget genannten Betrag; der Haushalt ist brutto.',
      en: '--net is about the amount given by --budget; the recorded budget is gross.',
    }),
    text({ de: 'Den Betrag mit --budget nennen, oder --net weglassen.', en: 'Give --budget, or leave out --net.' }),
  );
}

function outsideOfYear(day: CalendarDate, year: number): UsageError {
  return new UsageError(
    'plan.day-outside-of-year',
    text({
      de: (format) => `Der Leistungstag ${format.date(day)} liegt nicht im Haushaltsjahr ${year}.`,
      en: (format) => `The day of performance ${format.date(day)} is not in the fiscal year ${year}.`,
    }),
    text({
      de: 'Einen Tag dieses Jahres nennen, oder --year ändern.',
      en: 'Name a day of that year, or change --year.',
    }),
  );
}

function renderSummary(printer: Printer, { plan, freeBudget }: WorkspacePlan): void {
  const { format, language } = printer;
  const basis = basisNames[plan.budget.basis][language];
  printer.heading(text({ de: `Plan ${plan.year}`, en: `Plan ${plan.year}` }));
  const budgetRow = [text({ de: 'Budget', en: 'budget' }), `${format.money(plan.budget.amount)} ${basis}`] as const;
  const origin = freeBudget
    ? ([
        [
          text({ de: 'Haushaltsansatz mit Übertrag', en: 'appropriated, with carry-over' }),
          format.money(freeBudget.appropriated),
        ],
        [text({ de: 'davon gebunden', en: 'of it bound' }), format.money(freeBudget.used)],
      ] as const)
    : [];
  printer.pairs([
    ...origin,
    budgetRow,
    [
      text({ de: 'eingeplant', en: 'planned' }),
      `${format.money(plan.cost.gross)} ${basisNames.gross[language]} (${format.money(plan.cost.net)} ${basisNames.net[language]}, ${text({ de: 'USt', en: 'VAT' })[language]} ${format.money(plan.cost.vat)})`,
    ],
    [text({ de: 'bleibt', en: 'left' }), `${format.money(plan.rest)} ${basis}`],
    [
      text({ de: 'Umfang', en: 'extent' }),
      `${format.metres(plan.millimetres)}, ${format.number(plan.pages)} ${text({ de: 'Seiten', en: 'pages' })[language]}`,
    ],
  ]);
}

const stateNames: Readonly<Record<RankedEntry['state'], Text>> = {
  planned: text({ de: 'eingeplant', en: 'planned' }),
  partly: text({ de: 'teilweise', en: 'in part' }),
  'does-not-fit': text({ de: 'passt nicht', en: 'does not fit' }),
};

function renderRanked(printer: Printer, plan: Plan, withCriteria: boolean): void {
  printer.heading(text({ de: 'Rangfolge', en: 'Ranking' }));
  const columns: TableColumn<RankedEntry>[] = [
    { title: text({ de: 'Rang', en: 'rank' }), value: ({ rank }) => String(rank), align: 'right' },
    { title: text({ de: 'Kürzel', en: 'key' }), value: ({ holding }) => holding.key },
    { title: text({ de: 'Bezeichnung', en: 'title' }), value: ({ holding }) => holding.title, shrinks: true },
    {
      title: text({ de: 'Punkte', en: 'points' }),
      value: ({ points }, f) => f.percent(points / Math.max(1, plan.fullPoints)),
      align: 'right',
    },
    {
      title: text({ de: 'Länge', en: 'length' }),
      value: ({ holding }, f) => f.metres(holding.millimetres),
      align: 'right',
    },
    {
      title: holdingFields.pages.title,
      value: ({ holding }, f) => holdingFields.pages.show(holding, f),
      align: 'right',
    },
    { title: text({ de: 'brutto', en: 'gross' }), value: ({ cost }, f) => f.money(cost.gross), align: 'right' },
    { title: text({ de: 'Stand', en: 'state' }), value: ({ state }, { language }) => stateNames[state][language] },
  ];
  printer.table(plan.ranked, columns);
  for (const entry of plan.ranked) {
    printer.line();
    printer.line(`${entry.holding.key}: ${entry.explanation[printer.language]}`);
    if (entry.holding.note !== '') {
      printer.line(text({ de: `Bemerkung: ${entry.holding.note}`, en: `Note: ${entry.holding.note}` }), 'quiet');
    }
    if (withCriteria) renderCriteria(printer, entry, plan);
  }
  const isSplit = plan.ranked.some(({ state }) => state === 'partly');
  if (isSplit || !plan.ranked.some(({ state }) => state === 'does-not-fit')) return;
  printer.line();
  printer.line(
    text({
      de: 'Mit --split wird der erste Bestand, der nicht passt, nach ganzen laufenden Metern geteilt.',
      en: '--split divides the first holding that does not fit, by whole running metres.',
    }),
    'quiet',
  );
}

function renderCriteria(printer: Printer, { criteria }: RankedEntry, { fullPoints }: Plan): void {
  printer.table(criteria, [
    {
      title: text({ de: 'Kriterium', en: 'criterion' }),
      value: (row, { language }) => criterionTitles[row.criterion][language],
    },
    { title: text({ de: 'Wert', en: 'value' }), value: (row, { language }) => row.reason[language], shrinks: true },
    { title: text({ de: 'Wertung', en: 'score' }), value: (row, f) => f.percent(row.score / 1000), align: 'right' },
    { title: text({ de: 'Gewicht', en: 'weight' }), value: (row) => String(row.weight), align: 'right' },
    {
      title: text({ de: 'Beitrag', en: 'adds' }),
      value: (row, f) => f.percent(row.points / Math.max(1, fullPoints)),
      align: 'right',
    },
  ]);
}

/** Lots with the same positions in one line. */
function renderUnpriced(printer: Printer, unpriced: WorkspacePlan['unpriced']): void {
  const lots = new Map<string, string[]>();
  for (const { lot, positions } of unpriced) {
    const key = positions.join(', ');
    lots.set(key, [...(lots.get(key) ?? []), lot]);
  }
  if (lots.size === 0) return;
  printer.heading(
    text({
      de: 'Nicht in den Kosten enthalten, weil die Menge nicht zu schätzen ist',
      en: 'Not in the costs, since the quantity cannot be estimated',
    }),
  );
  for (const [positions, keys] of lots) {
    const list = keys.join(', ');
    const [de, en] = keys.length === 1 ? ['Los', 'lot'] : ['Lose', 'lots'];
    printer.line(text({ de: `${de} ${list}: ${positions}`, en: `${en} ${list}: ${positions}` }), 'warn');
  }
}

function renderExcluded(printer: Printer, { excluded }: Plan): void {
  if (excluded.length === 0) return;
  printer.heading(text({ de: 'Nicht eingeplant', en: 'Kept out' }));
  for (const { holding, gates } of excluded) {
    printer.line(verbatim(`${holding.key} ${holding.title}`), 'strong');
    for (const { gate, reason, remedy } of gates) {
      printer.line(`  ${gateTitles[gate][printer.language]}: ${reason[printer.language]}`);
      printer.line(`  → ${remedy[printer.language]}`, 'quiet');
    }
  }
}
