import { diffContract } from '../../contract/show.ts';
import { type CalendarDate, parseDate } from '../../shared/dates.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';

export default defineCommand({
  name: 'contract diff',
  summary: text({
    de: 'was eine Vertragsänderung geändert hat',
    en: 'what an amendment of a contract changed',
  }),
  details: text({
    de: 'Vergleicht zwei Fassungen, nach Nummer oder nach Tag; ohne Angabe die neueste mit der davor. Endet mit 0, wenn nichts geändert ist, sonst mit 1.',
    en: 'Compares two versions, by number or by day; without any, the newest with the one before. Ends with 0 when nothing changed, otherwise with 1.',
  }),
  examples: ['scanlot contract diff RV-2020-017', 'scanlot contract diff RV-2020-017 --from 1 --to 2022-07-01 --json'],
  workspace: 'read',
  arguments: { number: argument('NUMBER', text({ de: 'Nummer des Vertrags', en: 'number of the contract' })) },
  options: {
    from: value(
      'VERSION|DATE',
      text({
        de: 'ältere Fassung (sonst die vor der neueren)',
        en: 'older version (default: the one before the newer)',
      }),
      readWhich,
    ),
    to: value(
      'VERSION|DATE',
      text({ de: 'neuere Fassung (sonst die neueste)', en: 'newer version (default: the newest)' }),
      readWhich,
    ),
  },
  output: {
    schema: 'contract-diff-1',
    members: {
      number: 'contract number',
      from: 'version, effectiveOn',
      to: 'version, effectiveOn',
      changes: 'place (such as lots.L1.prices.scan.price), before, after; null where a version does not have it',
    },
  },
  run: async ({ workspace }, { number, from, to }) => {
    const { before, after, changes } = await diffContract(workspace, number, { from, to });
    return {
      exitCode: changes.length === 0 ? 0 : 1,
      data: {
        number,
        from: { version: before.version, effectiveOn: before.effectiveOn },
        to: { version: after.version, effectiveOn: after.effectiveOn },
        changes,
      },
      render: (printer) => {
        printer.line(
          text({
            de: (f) =>
              `Vertrag ${number}: Fassung ${before.version} (ab ${f.date(before.effectiveOn)}) → ${after.version} (ab ${f.date(after.effectiveOn)})`,
            en: (f) =>
              `Contract ${number}: version ${before.version} (from ${f.date(before.effectiveOn)}) → ${after.version} (from ${f.date(after.effectiveOn)})`,
          }),
          'strong',
        );
        if (changes.length === 0)
          return printer.line(text({ de: 'Nichts ist geändert.', en: 'Nothing changed.' }), 'good');
        printer.table(changes, [
          { title: text({ de: 'Stelle', en: 'place' }), value: ({ place }) => place, shrinks: true },
          { title: text({ de: 'vorher', en: 'before' }), value: (row) => shown(row.before), shrinks: true },
          { title: text({ de: 'nachher', en: 'after' }), value: (row) => shown(row.after), shrinks: true },
        ]);
      },
    };
  },
});

function shown(stated: string | number | boolean | null): string {
  return stated === null ? '–' : String(stated);
}

/** A version's number, or a day. */
function readWhich(raw: string, name: string): number | CalendarDate {
  if (/^\d{1,6}$/.test(raw)) return Number(raw);
  const day = parseDate(raw);
  if (day) return day;
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({
      de: 'Erwartet: eine Fassung wie 2 oder ein Datum wie 31.12.2021.',
      en: 'Expected: a version such as 2, or a date such as 2021-12-31.',
    }),
  );
}
