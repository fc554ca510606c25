import type { CalendarDate } from '../shared/dates.ts';
import { readDocument } from '../shared/document.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, parseCents, parseScaled } from '../shared/money.ts';
import {
  type BudgetChange,
  type BudgetKey,
  type BudgetLine,
  budgetKey,
  budgetName,
  type Section,
  type Transferable,
} from './budget-line.ts';
import type { CommitmentAuthority, Funding, SharingKey } from './budget-store.ts';

/** What a file has to say about budgets. */
export interface BudgetContent {
  readonly lines: readonly BudgetLine[];
  readonly changes: readonly BudgetChange[];
  readonly authorities: readonly CommitmentAuthority[];
  readonly fundings: readonly Funding[];
  readonly sharing: readonly SharingKey[];
}

/** schemas/budget-1.schema.json */
interface BudgetDocument {
  readonly lines?: readonly (BudgetKey & {
    readonly department: string;
    readonly title?: string;
    readonly appropriation: string;
    readonly carryOver?: string;
    readonly section?: Section;
    readonly transferable?: Transferable;
    readonly commitmentAuthority?: readonly { readonly year: number; readonly amount: string }[];
  })[];
  readonly supplements?: readonly (Decision & BudgetKey)[];
  readonly transfers?: readonly (Decision & { readonly from: BudgetKey; readonly to: BudgetKey })[];
  readonly funding?: readonly {
    readonly key: string;
    readonly title?: string;
    readonly share: string;
    readonly ceiling?: string;
    readonly startsOn: CalendarDate;
    readonly endsOn: CalendarDate;
    readonly accounts: readonly string[];
  }[];
  readonly sharing?: readonly {
    readonly key: string;
    readonly title?: string;
    readonly account: string;
    readonly costCentre?: string;
    readonly shares: SharingKey['shares'];
  }[];
}

interface Decision {
  readonly reference: string;
  readonly on: CalendarDate;
  readonly reason?: string;
  readonly amount: string;
}

/** Reads a budget document. @throws UsageError that lists every mistake of form, and what stands twice */
export function readBudgetDocument(path: string): BudgetContent {
  const document = readDocument<BudgetDocument>(path, 'budget-1');
  const mistakes = documentMistakes(document);
  if (mistakes.length > 0) throw inconsistent(path, mistakes);
  const { lines = [], supplements = [], transfers = [], funding = [], sharing = [] } = document;
  return {
    lines: lines.map((line) => ({
      ...keyOf(line),
      department: line.department.trim().normalize('NFC'),
      title: (line.title ?? '').trim().normalize('NFC'),
      appropriation: amount(line.appropriation),
      carryOver: amount(line.carryOver ?? '0.00'),
      ...(line.section === undefined ? {} : { section: line.section }),
      ...(line.transferable === undefined ? {} : { transferable: line.transferable }),
    })),
    changes: [
      ...supplements.map((one) => changeOf('supplement', one, one, amount(one.amount))),
      ...transfers.flatMap((one) => [
        changeOf('transfer', one, one.from, -amount(one.amount) as Cents),
        changeOf('transfer', one, one.to, amount(one.amount)),
      ]),
    ],
    authorities: lines.flatMap((line) =>
      (line.commitmentAuthority ?? []).map((one) => ({
        ...keyOf(line),
        forYear: one.year,
        amount: amount(one.amount),
      })),
    ),
    fundings: funding.map((one) => ({
      key: one.key,
      title: one.title ?? '',
      share: parseScaled(one.share, 6) ?? 0,
      ceiling: one.ceiling === undefined ? null : amount(one.ceiling),
      startsOn: one.startsOn,
      endsOn: one.endsOn,
      accounts: one.accounts.map((account) => account.normalize('NFC')),
    })),
    sharing: sharing.map(({ key, title = '', account, costCentre = null, shares }) => ({
      key,
      title,
      account: account.normalize('NFC'),
      costCentre: costCentre?.normalize('NFC') ?? null,
      shares: shares.map(({ department, weight }) => ({ department: department.trim().normalize('NFC'), weight })),
    })),
  };
}

function changeOf(
  kind: BudgetChange['kind'],
  { reference, on, reason = '' }: Decision,
  key: BudgetKey,
  value: Cents,
): BudgetChange {
  return { ...keyOf(key), kind, amount: value, decidedOn: on, reference, reason };
}

function keyOf({ fiscalYear, account, costCentre }: BudgetKey): BudgetKey {
  return { fiscalYear, account: account.normalize('NFC'), costCentre: costCentre.normalize('NFC') };
}

function amount(decimal: string): Cents {
  const value = parseCents(decimal);
  if (value === undefined) throw new Error(`the schema let through ${decimal}`);
  return value;
}

/** What one document may say once only, and years and days in the wrong order. */
function documentMistakes({
  lines = [],
  supplements = [],
  transfers = [],
  funding = [],
  sharing = [],
}: BudgetDocument) {
  const named = (one: BudgetKey) => budgetKey(keyOf(one));
  const mistakes: Text[] = [
    ...twice('lines', lines, named, budgetName),
    ...twice(
      'supplements',
      supplements,
      (one) => `${one.reference} ${named(one)}`,
      ({ reference }) => reference,
    ),
    ...twice(
      'transfers',
      transfers,
      ({ reference }) => reference,
      ({ reference }) => reference,
    ),
    ...twice(
      'funding',
      funding,
      ({ key }) => key,
      ({ key }) => key,
    ),
    ...twice(
      'sharing',
      sharing,
      ({ key }) => key,
      ({ key }) => key,
    ),
  ];
  for (const [index, one] of transfers.entries()) {
    if (named(one.from) === named(one.to)) mistakes.push(sameLine(index));
  }
  for (const [index, { startsOn, endsOn }] of funding.entries()) {
    if (endsOn < startsOn) mistakes.push(reversed(`funding.${index}`));
  }
  for (const [index, { fiscalYear, commitmentAuthority = [] }] of lines.entries()) {
    if (commitmentAuthority.some(({ year }) => year <= fiscalYear)) mistakes.push(notLater(`lines.${index}`));
  }
  for (const [index, { shares }] of sharing.entries()) {
    mistakes.push(
      ...twice(
        `sharing.${index}.shares`,
        shares,
        ({ department }) => department,
        ({ department }) => department,
      ),
    );
  }
  return mistakes;
}

function twice<T>(
  place: string,
  items: readonly T[],
  keyOfItem: (item: T) => string,
  name: (item: T) => string,
): Text[] {
  const firstAt = new Map<string, number>();
  return items.flatMap((item, index) => {
    const earlier = firstAt.get(keyOfItem(item));
    if (earlier === undefined) firstAt.set(keyOfItem(item), index);
    return earlier === undefined ? [] : [standsTwice(place, earlier, index, name(item))];
  });
}

function standsTwice(place: string, earlier: number, index: number, name: string): Text {
  return text({
    de: `${place}.${earlier} und ${place}.${index}: ${name} steht zweimal da`,
    en: `${place}.${earlier} and ${place}.${index}: ${name} stands twice`,
  });
}

function sameLine(index: number): Text {
  return text({
    de: `transfers.${index}: von und nach ist derselbe Ansatz`,
    en: `transfers.${index}: from and to are the same line`,
  });
}

function reversed(place: string): Text {
  return text({ de: `${place}: endet, bevor es beginnt`, en: `${place}: ends before it begins` });
}

function notLater(place: string): Text {
  return text({
    de: `${place}: eine Verpflichtungsermächtigung gilt für ein späteres Jahr`,
    en: `${place}: a commitment authority is for a later year`,
  });
}

function inconsistent(path: string, mistakes: readonly Text[]): UsageError {
  return new UsageError(
    'budget.inconsistent',
    text({ de: `${path} widerspricht sich.`, en: `${path} contradicts itself.` }),
    text({
      de: 'Je Haushaltsjahr, Konto und Kostenstelle eine Zeile, je Beschluss und Schlüssel ein Eintrag; die genannten Stellen berichtigen.',
      en: 'One line for each fiscal year, account and cost centre, one entry for each decision and key; mend the places named.',
    }),
    mistakes,
  );
}
