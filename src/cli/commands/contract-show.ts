import { showContracts } from '../../contract/show.ts';
import { text } from '../../shared/language.ts';
import { centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { optionalArgument } from '../options.ts';

const basis = {
  net: text({ de: 'netto', en: 'net' }),
  gross: text({ de: 'brutto', en: 'gross' }),
};

export default defineCommand({
  name: 'contract show',
  summary: text({
    de: 'Rahmenverträge mit Laufzeit, Höchstwerten, Fassungen',
    en: 'contracts with term, maxima, versions',
  }),
  examples: ['scanlot contract show', 'scanlot contract show RV-2020-017 --json'],
  workspace: 'read',
  arguments: {
    number: optionalArgument('NUMBER', text({ de: 'nur dieser Vertrag', en: 'this contract only' })),
  },
  output: {
    schema: 'contract-show-1',
    members: {
      contracts:
        'the contracts: number, title, vendor, startsOn, endsOn, extensions, valueBasis, maximumValue (decimal EUR), maximumPages, lots (keys), versions (version, effectiveOn, reason, recordedAt)',
    },
  },
  run: async ({ workspace }, { number }) => {
    const contracts = await showContracts(workspace, number);
    return {
      data: {
        contracts: contracts.map((contract) => ({
          ...contract,
          maximumValue: contract.maximumValue === null ? null : centsToDecimal(contract.maximumValue),
        })),
      },
      render: (printer) => {
        const { format } = printer;
        for (const contract of contracts) {
          printer.heading(
            text({ de: `${contract.number} ${contract.title}`, en: `${contract.number} ${contract.title}` }),
          );
          printer.pairs([
            [text({ de: 'Auftragnehmer', en: 'vendor' }), contract.vendor],
            [
              text({ de: 'Laufzeit', en: 'term' }),
              `${format.date(contract.startsOn)} – ${format.date(contract.endsOn)}`,
            ],
            ...contract.extensions.map(
              (option) =>
                [
                  text({ de: 'Verlängerung', en: 'extension' }),
                  text({
                    de: (f) => `${option.months} Monate, zu erklären bis ${f.date(option.declareBy)}`,
                    en: (f) => `${option.months} months, to be declared by ${f.date(option.declareBy)}`,
                  })[printer.language],
                ] as const,
            ),
            [
              text({ de: 'Höchstwert', en: 'maximum value' }),
              contract.maximumValue === null
                ? '–'
                : `${format.money(contract.maximumValue)} ${basis[contract.valueBasis][printer.language]}`,
            ],
            [
              text({ de: 'Höchstmenge', en: 'maximum quantity' }),
              contract.maximumPages === null
                ? '–'
                : `${format.number(contract.maximumPages)} ${printer.language === 'de' ? 'Seiten' : 'pages'}`,
            ],
            [text({ de: 'Lose', en: 'lots' }), contract.lots.join(', ')],
          ]);
          printer.line();
          printer.table(contract.versions, [
            { title: text({ de: 'Fassung', en: 'version' }), value: (row) => String(row.version), align: 'right' },
            { title: text({ de: 'wirksam ab', en: 'effective' }), value: (row, f) => f.date(row.effectiveOn) },
            { title: text({ de: 'Grund', en: 'reason' }), value: (row) => row.reason || '–', shrinks: true },
            { title: text({ de: 'erfasst', en: 'recorded' }), value: (row, f) => f.instant(row.recordedAt) },
          ]);
        }
        if (contracts.length === 0)
          printer.line(text({ de: 'Noch kein Vertrag erfasst.', en: 'No contract recorded yet.' }));
      },
    };
  },
});
