import { fileKey, referenceKey } from '../../custody/reference.ts';
import {
  type ExplainedAcceptance,
  explainPrices,
  type PriceExplanation,
} from '../../finance/price-explanation/explain.ts';
import type { FilePrice } from '../../finance/price-explanation/file-prices.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { centsToDecimal } from '../../shared/money.ts';
import { defineCommand } from '../command.ts';
import { argument, flag, value } from '../options.ts';
import { fileColumns, lineColumns, lineRecord, partColumns, rateText, totalsOf } from '../price-output.ts';
import type { Printer } from '../printer.ts';

const MOST_PRINTED = 30;

export default defineCommand({
  name: 'price explain',
  summary: text({
    de: 'einen Betrag erklären: Seiten × Preis nach Staffel und Umsatzsteuer, bis zur Akte',
    en: 'explain an amount: pages × price by tier and VAT, down to the file',
  }),
  details: text({
    de: 'Jede Ebene ergibt auf den Cent die darüber: Anteile der Akten ihre Zeile, Zeilen die Abnahme, Abnahmen Charge, Abruf oder Los. Was nicht je Akte gezählt wird (Mindestbetrag, Stunden), ist nach Seiten verteilt.',
    en: 'Every level makes the one above to the cent: parts of files their line, lines the acceptance, acceptances the batch, call-off or lot. What is not counted by file (minimum charge, hours) is shared out by pages.',
  }),
  examples: [
    'scanlot price explain B-2021-001',
    'scanlot price explain A-2021-001 --file "33.1-0042/2019"',
    'scanlot price explain L1 --json',
  ],
  workspace: 'read',
  arguments: {
    name: argument('NAME', text({ de: 'Los, Charge oder Abruf', en: 'lot, batch or call-off' })),
  },
  options: {
    file: value(
      'REFERENCE',
      text({ de: 'nur diese Akte, mit #BAND für einen Band', en: 'this file only, with #VOLUME for one volume' }),
    ),
    files: flag(
      text({
        de: 'auch bei Los und Abruf jede Akte (bei einer Charge immer)',
        en: 'every file of a lot or call-off, too (of a batch always)',
      }),
    ),
  },
  output: {
    schema: 'price-explain-1',
    members: {
      subject: 'kind (lot, order, batch) and name',
      acceptances:
        'the acceptances: batch, round, order, performedOn, vatRate (percent), lines, files, net, vat, gross (decimal EUR). lines: position, title, unit, quantity, price (decimal), kind (quantity, free, minimum, correction), tier (from, upTo) or null, adjustments (key, title), net, vatRate. files (null where not asked for): reference, volume, pages, parts (line: index; quantity, null for a share by pages; net), net, vat, gross',
      openings: 'opening balances of a lot: performedOn, source, pages, net, vat, gross',
      vat: 'by rate (percent): net, vat',
      net: 'decimal EUR',
      tax: 'VAT, decimal EUR',
      gross: 'decimal EUR',
    },
  },
  run: async ({ workspace }, { name, file, files }) => {
    const isBatch = await workspace.db.selectFrom('batch').select('id').where('key', '=', name).executeTakeFirst();
    const explained = await explainPrices(workspace.db, {
      name,
      files: files || file !== undefined || isBatch !== undefined,
      reference: file?.split('#')[0],
    });
    const explanation = file === undefined ? explained : onlyFile(explained, file);
    return { data: record(explanation), render: (printer) => print(printer, explanation, file !== undefined) };
  },
});

/** The acceptances that hold the file, with nothing but the file. @throws UsageError when none does */
function onlyFile(explanation: PriceExplanation, name: string): PriceExplanation {
  const acceptances = explanation.acceptances
    .map((one) => ({ ...one, files: (one.files ?? []).filter((file) => isNamed(file, name)) }))
    .filter(({ files }) => files.length > 0);
  if (acceptances.length > 0) return { ...explanation, acceptances };
  throw new UsageError(
    'price.unknown-file',
    text({
      de: `Die Akte „${name}“ ist hier nicht abgenommen.`,
      en: `The file "${name}" is not accepted here.`,
    }),
    text({
      de: `Abgenommene Akten zeigt: scanlot price explain ${explanation.subject.name} --files`,
      en: `To see accepted files: scanlot price explain ${explanation.subject.name} --files`,
    }),
  );
}

function isNamed({ file }: FilePrice, name: string): boolean {
  const [reference = '', volume] = name.split('#');
  if (volume === undefined) return referenceKey(file.reference) === referenceKey(reference);
  return fileKey(file) === fileKey({ reference, volume });
}

function record({ subject, acceptances, openings, vat, net, gross }: PriceExplanation) {
  return {
    subject,
    acceptances: acceptances.map(acceptanceRecord),
    openings: openings.map(({ performedOn, source, pages, ...amounts }) => ({
      performedOn,
      source,
      pages,
      ...totalsOf(amounts),
    })),
    vat: vat.map((part) => ({
      rate: rateText(part.rate),
      net: centsToDecimal(part.net),
      vat: centsToDecimal(part.vat),
    })),
    net: centsToDecimal(net),
    tax: centsToDecimal((gross - net) as typeof net),
    gross: centsToDecimal(gross),
  };
}

function acceptanceRecord({ acceptance, lines, files }: ExplainedAcceptance) {
  return {
    batch: acceptance.batch,
    round: acceptance.round,
    order: acceptance.callOff.number,
    performedOn: acceptance.performedOn,
    vatRate: rateText(acceptance.vatRate),
    lines: lines.map((line) => lineRecord(line, acceptance.vatRate)),
    files:
      files?.map(({ file, parts, ...amounts }) => ({
        reference: file.reference,
        volume: file.volume,
        pages: file.pages,
        parts: parts.map(({ line, quantity, net }) => ({
          line,
          quantity: quantity === null ? null : quantity / 1000,
          net: centsToDecimal(net),
        })),
        ...totalsOf(amounts),
      })) ?? null,
    ...totalsOf(acceptance),
  };
}

function print(
  printer: Printer,
  { subject, acceptances, openings, vat, net, gross }: PriceExplanation,
  one: boolean,
): void {
  for (const { acceptance, lines, files } of acceptances) {
    const { batch, round, callOff, performedOn } = acceptance;
    printer.heading(
      text({
        de: (f) => `Charge ${batch}, Lieferung ${round} (Abruf ${callOff.number}), Leistungstag ${f.date(performedOn)}`,
        en: (f) => `Batch ${batch}, round ${round} (call-off ${callOff.number}), performed on ${f.date(performedOn)}`,
      }),
    );
    printer.table(lines, lineColumns);
    printer.line(
      text({
        de: (f) =>
          `netto ${f.money(acceptance.net)}, USt ${rateText(acceptance.vatRate)} % ${f.money(acceptance.vat)}, brutto ${f.money(acceptance.gross)}`,
        en: (f) =>
          `net ${f.money(acceptance.net)}, VAT ${rateText(acceptance.vatRate)} % ${f.money(acceptance.vat)}, gross ${f.money(acceptance.gross)}`,
      }),
      'strong',
    );
    if (files) printFiles(printer, lines, files);
  }
  for (const { performedOn, source, ...amounts } of openings) {
    printer.line(
      text({
        de: (f) =>
          `Anfangsbestand ${f.date(performedOn)}: netto ${f.money(amounts.net)}, brutto ${f.money(amounts.gross)} (${source})`,
        en: (f) =>
          `Opening balance ${f.date(performedOn)}: net ${f.money(amounts.net)}, gross ${f.money(amounts.gross)} (${source})`,
      }),
    );
  }
  if (one) return;
  printer.heading(text({ de: `${subject.name} zusammen`, en: `${subject.name} in all` }));
  printer.table(vat, partColumns);
  printer.line(
    text({
      de: (f) => `netto ${f.money(net)}, brutto ${f.money(gross)}`,
      en: (f) => `net ${f.money(net)}, gross ${f.money(gross)}`,
    }),
    'strong',
  );
}

function printFiles(printer: Printer, lines: ExplainedAcceptance['lines'], files: readonly FilePrice[]): void {
  printer.line();
  printer.table(files.slice(0, MOST_PRINTED), fileColumns(lines));
  const rest = files.length - MOST_PRINTED;
  if (rest <= 0) return;
  printer.line(
    text({
      de: (f) => `… und ${f.counted(rest, 'weitere Akte', 'weitere Akten')}: mit --json, oder eine mit --file`,
      en: (f) => `… and ${f.counted(rest, 'more file', 'more files')}: with --json, or one with --file`,
    }),
  );
}
