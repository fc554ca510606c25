import { unitNames } from '../../contract/price-unit.ts';
import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { termsText } from '../../contract/pricing/terms-text.ts';
import { missingText } from '../../contract/reminders.ts';
import { type ShownContract, showContracts } from '../../contract/show.ts';
import { metresDecimal } from '../../holdings/fields.ts';
import { type Language, text, verbatim } from '../../shared/language.ts';
import { type Cents, centsToDecimal, microsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { limitWarningRecord, limitWarningText } from '../limit-warning.ts';
import { basisNames, orDash } from '../lot-output.ts';
import { optionalArgument, readDate, value } from '../options.ts';
import type { Printer, TableColumn } from '../printer.ts';

export default defineCommand({
  name: 'contract show',
  summary: text({
    de: 'Rahmenverträge mit Laufzeit, Höchstwerten, Preisen, Fassungen, heute oder an einem Tag',
    en: 'contracts with term, maxima, prices, versions, today or on a day',
  }),
  details: text({
    de: 'Erinnert an Termine, die näher rücken (Verlängerung, Ende, Mindestabnahme), und warnt vor Obergrenzen. Mit --as-of der Vertrag, wie er an jenem Tag galt: nach der letzten bis dahin wirksamen Änderung.',
    en: 'Reminds of dates that come near (extension, end, minimum purchase) and warns of maxima. With --as-of the contract as it stood on that day: by the last amendment effective by then.',
  }),
  examples: [
    'scanlot contract show',
    'scanlot contract show RV-2020-017 --as-of 2021-07-01',
    'scanlot contract show RV-2020-017 --json',
  ],
  workspace: 'read',
  arguments: {
    number: optionalArgument('NUMBER', text({ de: 'nur dieser Vertrag', en: 'this contract only' })),
  },
  options: {
    asOf: value('DATE', text({ de: 'wie er an diesem Tag galt', en: 'as it stood on that day' }), readDate),
  },
  output: {
    schema: 'contract-show-1',
    members: {
      contracts:
        'the contracts: number, title, vendor, startsOn, endsOn, extensions, valueBasis, maximumValue (decimal EUR), maximumPages, maximumRunningMetres (decimal), version (shown), lots (keys), lotTerms (key, title, award, prices: position, title, unit, price, validFrom, validTo, terms), warnAt (percent), versions (version, effectiveOn, reason, recordedAt), reminders (kind, on, what), minimumPurchases (of, measure, least, accepted, by), warnings (of, measure, share, warnAt, state)',
    },
  },
  run: async ({ workspace, language }, { number, asOf }) => {
    const contracts = await showContracts(workspace, number, asOf);
    return {
      data: { contracts: contracts.map((contract) => record(contract, language)) },
      render: (printer) => {
        for (const contract of contracts) print(printer, contract);
        if (contracts.length === 0)
          printer.line(text({ de: 'Noch kein Vertrag erfasst.', en: 'No contract recorded yet.' }));
      },
    };
  },
});

function record(contract: ShownContract, language: Language) {
  const { control, lots, reminders, minimumPurchases, warnings, maximumValue, maximumMillimetres, ...rest } = contract;
  return {
    ...rest,
    maximumValue: maximumValue === null ? null : centsToDecimal(maximumValue),
    maximumRunningMetres: maximumMillimetres === null ? null : metresDecimal(maximumMillimetres),
    warnAt: control.warnAt.map((share) => share / 10_000),
    lots: lots.map(({ key }) => key),
    lotTerms: lots.map(({ key, title, award, prices }) => ({
      key,
      title,
      award,
      prices: prices.map((position) => ({
        position: position.key,
        title: position.title,
        unit: position.unit,
        price: microsToDecimal(position.price),
        validFrom: position.validFrom,
        validTo: position.validTo,
        terms: termsText(position.terms)[language],
      })),
    })),
    reminders: reminders.map(({ kind, on, what }) => ({ kind, on, what: what[language] })),
    minimumPurchases: minimumPurchases.map(({ of, measure, least, accepted, by }) => ({
      of: of[language],
      measure,
      least: measure === 'value' ? centsToDecimal(least as Cents) : least,
      accepted: measure === 'value' ? centsToDecimal(accepted as Cents) : accepted,
      by,
    })),
    warnings: warnings.map((warning) => limitWarningRecord(warning, language)),
  };
}

function print(printer: Printer, contract: ShownContract): void {
  const { format, language } = printer;
  printer.heading(verbatim(`${contract.number} ${contract.title}`));
  printer.pairs([
    [text({ de: 'Auftragnehmer', en: 'vendor' }), contract.vendor],
    [text({ de: 'Laufzeit', en: 'term' }), `${format.date(contract.startsOn)} – ${format.date(contract.endsOn)}`],
    ...contract.extensions.map(
      (option) =>
        [
          text({ de: 'Verlängerung', en: 'extension' }),
          text({
            de: (f) => `${option.months} Monate, zu erklären bis ${f.date(option.declareBy)}`,
            en: (f) => `${option.months} months, to be declared by ${f.date(option.declareBy)}`,
          })[language],
        ] as const,
    ),
    [
      text({ de: 'Höchstwert', en: 'maximum value' }),
      orDash(contract.maximumValue, (amount) => `${format.money(amount)} ${basisNames[contract.valueBasis][language]}`),
    ],
    [
      text({ de: 'Höchstmenge', en: 'maximum quantity' }),
      orDash(contract.maximumPages, (pages) => `${format.number(pages)} ${language === 'de' ? 'Seiten' : 'pages'}`),
    ],
    ...(contract.maximumMillimetres === null
      ? []
      : [[text({ de: 'Höchstlänge', en: 'maximum length' }), format.metres(contract.maximumMillimetres)] as const]),
    [text({ de: 'Lose', en: 'lots' }), contract.lots.map(({ key }) => key).join(', ')],
  ]);
  for (const { what } of contract.reminders) printer.line(what, 'warn');
  for (const warning of contract.warnings) printer.line(limitWarningText(warning), 'warn');
  for (const minimum of contract.minimumPurchases) {
    if (minimum.accepted < minimum.least) printer.line(missingText(minimum));
  }
  printer.line();
  for (const { key } of contract.lots.filter(({ award }) => award === 'budget')) {
    printer.line(
      text({
        de: `Los ${key}: das Budget ist fest, geboten ist die Menge.`,
        en: `Lot ${key}: the budget is fixed, the quantity is what was offered.`,
      }),
    );
  }
  printer.table(
    contract.lots.flatMap(({ key, prices }) => prices.map((position) => ({ lot: key, position }))),
    priceColumns,
  );
  printer.line();
  printer.table(contract.versions, [
    {
      title: text({ de: 'Fassung', en: 'version' }),
      value: (row) => versionMark(row.version, contract),
      align: 'right',
    },
    { title: text({ de: 'wirksam ab', en: 'effective' }), value: (row, f) => f.date(row.effectiveOn) },
    { title: text({ de: 'Grund', en: 'reason' }), value: (row) => row.reason || '–', shrinks: true },
    { title: text({ de: 'erfasst', en: 'recorded' }), value: (row, f) => f.instant(row.recordedAt) },
  ]);
}

/** The version that is shown is marked where there are several. */
function versionMark(version: number, { version: shown, versions }: ShownContract): string {
  return versions.length > 1 && version === shown ? `→ ${version}` : String(version);
}

const priceColumns: readonly TableColumn<{ readonly lot: string; readonly position: PricePosition }>[] = [
  { title: text({ de: 'Los', en: 'lot' }), value: ({ lot }) => lot },
  { title: text({ de: 'Position', en: 'position' }), value: ({ position }) => position.title, shrinks: true },
  { title: text({ de: 'Einheit', en: 'unit' }), value: ({ position }, f) => unitNames[position.unit][f.language] },
  { title: text({ de: 'Preis', en: 'price' }), value: ({ position }, f) => f.price(position.price), align: 'right' },
  { title: text({ de: 'ab', en: 'from' }), value: ({ position }, f) => orDash(position.validFrom, f.date) },
  { title: text({ de: 'bis', en: 'to' }), value: ({ position }, f) => orDash(position.validTo, f.date) },
  {
    title: text({ de: 'dazu gilt', en: 'terms' }),
    value: ({ position }, f) => termsText(position.terms)[f.language],
    shrinks: true,
  },
];
