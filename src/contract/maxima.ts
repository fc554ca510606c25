import type { Consumption } from '../finance/consumption.ts';
import type { Format } from '../shared/format.ts';
import { type Text, text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import type { LotWithContract } from './store.ts';
import type { Priced } from './vat.ts';

/** What a call-off would add. */
export interface Addition extends Priced {
  readonly pages: number;
  readonly millimetres: number;
}

/** The maxima of lot and contract that would be passed, each told with its figures; none when the addition fits. */
export function exceededLimits(lot: LotWithContract, consumption: Consumption, addition: Addition): Text[] {
  const { contract } = lot;
  const value = (amounts: { readonly net: Cents; readonly gross: Cents }) =>
    contract.value_basis === 'net' ? amounts.net : amounts.gross;
  const ofLot = consumption.lots.get(lot.id)?.consumed;
  const { consumed: ofContract, maximum } = consumption.contracts.get(contract.id) ?? {};
  const lotName = text({ de: `Los ${lot.key}`, en: `lot ${lot.key}` });
  const contractName = text({ de: `Vertrag ${contract.number}`, en: `contract ${contract.number}` });
  return [
    passed(lotName, 'money', lot.maximum_value, ofLot ? value(ofLot) : 0, value(addition)),
    passed(lotName, 'pages', lot.maximum_pages, ofLot?.pages ?? 0, addition.pages),
    passed(lotName, 'metres', lot.maximum_millimetres, ofLot?.millimetres ?? 0, addition.millimetres),
    passed(contractName, 'money', contract.maximum_value, ofContract ? value(ofContract) : 0, value(addition)),
    passed(contractName, 'pages', contract.maximum_pages, ofContract?.pages ?? 0, addition.pages),
    passed(contractName, 'metres', maximum?.millimetres ?? null, ofContract?.millimetres ?? 0, addition.millimetres),
  ].flatMap((told) => told ?? []);
}

type Kind = 'money' | 'pages' | 'metres';

function passed(of: Text, kind: Kind, maximum: number | null, consumed: number, added: number): Text | undefined {
  if (maximum === null || consumed + added <= maximum) return undefined;
  return text({
    de: (format) => {
      const show = shower(kind, format);
      return `${of.de}: Höchst${kind === 'money' ? 'wert' : 'menge'} ${show(maximum)}, gebunden ${show(consumed)}, dieser Abruf ${show(added)}, frei ${show(maximum - consumed)}`;
    },
    en: (format) => {
      const show = shower(kind, format);
      return `${of.en}: maximum ${show(maximum)}, bound ${show(consumed)}, this call-off ${show(added)}, free ${show(maximum - consumed)}`;
    },
  });
}

function shower(kind: Kind, format: Format) {
  if (kind === 'money') return (amount: number) => format.money(amount as Cents);
  if (kind === 'metres') return format.metres;
  return (count: number) => `${format.number(count)} ${format.language === 'de' ? 'Seiten' : 'pages'}`;
}
