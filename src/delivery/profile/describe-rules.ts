import type { PlainSection } from '../../reporting/plain-document.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import type { LoadedProfile } from '../profile.ts';
import type { Bound, Operand, Rule } from './rule.ts';
import type { LedgerDemand, RuleSource } from './rule-source.ts';

/** The rules of the profile, each in words. */
export function describeRules({ source, rules: { rules } }: LoadedProfile): PlainSection | undefined {
  if (rules.length === 0) return undefined;
  const sources = new Map((source.rules ?? []).map((rule) => [rule.id, rule]));
  return {
    title: text({ de: 'Regeln', en: 'Rules' }),
    table: {
      columns: [
        text({ de: 'Regel', en: 'rule' }),
        text({ de: 'Was gilt', en: 'what holds' }),
        text({ de: 'Wo sie gilt', en: 'where it holds' }),
        text({ de: 'Wenn verletzt', en: 'when broken' }),
        text({ de: 'Meldung', en: 'message' }),
      ],
      rows: rules.map((rule) => [
        verbatim(rule.id),
        demand(rule, sources.get(rule.id)),
        place(rule),
        severity[rule.severity],
        sources.get(rule.id)?.message ?? verbatim(''),
      ]),
    },
  };
}

const severity = {
  error: text({ de: 'Fehler', en: 'error' }),
  warning: text({ de: 'Warnung', en: 'warning' }),
  note: text({ de: 'Hinweis', en: 'note' }),
} as const;

function demand(rule: Rule, source: RuleSource | undefined): Text {
  const own = source?.description;
  const words = describe(rule);
  return own === undefined ? words : text({ de: `${own} – ${words.de}`, en: `${own} – ${words.en}` });
}

function describe(rule: Rule): Text {
  switch (rule.kind) {
    case 'check':
      return verbatim(rule.check.source);
    case 'unique':
      return text({
        de: `${names(rule.values)} kommt nur einmal vor`,
        en: `${names(rule.values)} occurs once only`,
      });
    case 'sequence':
      return text({
        de: `${rule.value.label} zählt lückenlos${rule.from === undefined ? '' : ` ab ${rule.from}`}`,
        en: `${rule.value.label} runs without a gap${rule.from === undefined ? '' : ` from ${rule.from}`}`,
      });
    case 'sum':
      return bounded({ de: `Summe von ${rule.value.label}`, en: `sum of ${rule.value.label}` }, rule.bounds);
    case 'count':
      return bounded(
        rule.of
          ? { de: `Anzahl verschiedener ${rule.of.label}`, en: `number of different ${rule.of.label}` }
          : { de: 'Anzahl der Zeilen', en: 'number of rows' },
        rule.bounds,
      );
    case 'order':
      return text({
        de: `aufsteigend sortiert nach ${names(rule.values)}`,
        en: `sorted by ${names(rule.values)}, ascending`,
      });
    case 'list':
      return text({
        de: `${names(rule.values)} steht in der Liste „${rule.list.name}“`,
        en: `${names(rule.values)} is on the list "${rule.list.name}"`,
      });
    case 'ledger':
      return ledger[rule.demand];
  }
}

const ledger: Readonly<Record<LedgerDemand, Text>> = {
  ordered: text({ de: 'die Akte ist bestellt', en: 'the file is ordered' }),
  'picked-up': text({ de: 'die Akte steht auf der Abholliste', en: 'the file is on the pick list' }),
  'not-delivered-before': text({
    de: 'die Akte wurde noch nicht mit einer anderen Charge geliefert',
    en: 'the file was not delivered with another batch before',
  }),
  'content-new': text({
    de: 'der Inhalt der Datei war in keiner früheren Lieferung',
    en: 'the content of the document was in no delivery before',
  }),
};

const comparisons = {
  equals: { de: 'ist', en: 'is' },
  minimum: { de: 'ist mindestens', en: 'is at least' },
  maximum: { de: 'ist höchstens', en: 'is at most' },
} as const;

function bounded(subject: Text, bounds: readonly Bound[]): Text {
  const parts = bounds.map(({ comparison, limit }) => {
    const value = typeof limit === 'object' ? limit.source : String(limit);
    return { de: `${comparisons[comparison].de} ${value}`, en: `${comparisons[comparison].en} ${value}` };
  });
  return text({
    de: `${subject.de} ${parts.map(({ de }) => de).join(' und ')}`,
    en: `${subject.en} ${parts.map(({ en }) => en).join(' and ')}`,
  });
}

function names(operands: readonly Operand[]): string {
  return operands.map(({ label }) => label).join(' + ');
}

function place(rule: Rule): Text {
  const parts: Text[] = [];
  if (rule.kind === 'check') {
    parts.push(
      rule.each === 'row'
        ? text({ de: 'jede Zeile', en: 'each row' })
        : text({ de: 'jedes Dokument', en: 'each document' }),
    );
  }
  if ('within' in rule && rule.within.length > 0) {
    parts.push(text({ de: `je ${names(rule.within)}`, en: `for each ${names(rule.within)}` }));
  }
  if (rule.where) parts.push(text({ de: `wo ${rule.where.source}`, en: `where ${rule.where.source}` }));
  return text({ de: parts.map(({ de }) => de).join(', '), en: parts.map(({ en }) => en).join(', ') });
}
