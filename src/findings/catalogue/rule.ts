import type { Text } from '../../shared/language.ts';
import { finding } from '../definition.ts';

/** What every finding about a rule of the profile tells: which one, and the profile's own wording where it has one. */
export interface OfRule {
  /** Id of the rule. */
  readonly rule: string;
  readonly message?: Text;
  /** What the profile says to do now. */
  readonly remedy?: Text;
}

interface OfFile {
  readonly reference: string;
  /** "" for a file without volumes. */
  readonly volume: string;
}
interface Earlier extends OfFile {
  readonly batch: string;
  readonly round: number;
}

const file = ({ reference, volume }: OfFile) => ({
  de: volume === '' ? reference : `${reference} Bd. ${volume}`,
  en: volume === '' ? reference : `${reference} vol. ${volume}`,
});

interface OfGroup {
  /** The values that the rows of the group share; "" for the delivery as a whole. */
  readonly group: Text;
}

const list = (columns: readonly string[]) => columns.map((column) => `„${column}“`).join(' + ');
const listEn = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(' + ');
const within = ({ group }: OfGroup) => ({
  de: group.de === '' ? 'In der Lieferung' : `Bei „${group.de}“`,
  en: group.en === '' ? 'In the delivery' : `Within "${group.en}"`,
});

const comparisons = {
  equals: { de: 'genau', en: 'exactly' },
  minimum: { de: 'mindestens', en: 'at least' },
  maximum: { de: 'höchstens', en: 'at most' },
} as const;
type Comparison = keyof typeof comparisons;

/** The sentence with the id of its rule, by which the profile explains it, and what the profile says to do. */
const ruled = (sentence: string, rule: string, remedy: string | undefined) =>
  `${sentence} (${rule})${remedy === undefined ? '' : ` – ${remedy}`}`;
const de = ({ rule, message, remedy }: OfRule, own: string) => ruled(message?.de ?? own, `Regel ${rule}`, remedy?.de);
const en = ({ rule, message, remedy }: OfRule, own: string) => ruled(message?.en ?? own, `rule ${rule}`, remedy?.en);

const correct = {
  de: 'Angaben und Dateien mit dem Papier vergleichen und berichtigen; was gilt, steht im Lieferprofil (rules).',
  en: 'Compare values and files with the paper and correct them; the profile (rules) says what holds.',
};

/** Rules of the delivery profile: across columns, rows, files, reference lists. */
export const ruleFindings = {
  'rule.violated': finding<OfRule & { message: Text }>({
    severity: 'error',
    title: { de: 'Regel des Lieferprofils verletzt', en: 'Rule of the profile broken' },
    message: { de: (args) => de(args, ''), en: (args) => en(args, '') },
    remedy: correct,
  }),
  'rule.not-evaluated': finding<OfRule & { reason: 'missing' | 'unfit'; detail: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Regel nicht auswertbar', en: 'Rule not evaluable' },
    message: {
      de: ({ rule, reason, detail }) =>
        reason === 'missing'
          ? `Die Regel ${rule} ist nicht auswertbar: die Angabe „${detail}“ fehlt.`
          : `Die Regel ${rule} ist nicht auswertbar: ${detail}.`,
      en: ({ rule, reason, detail }) =>
        reason === 'missing'
          ? `The rule ${rule} cannot be evaluated: there is no value "${detail}".`
          : `The rule ${rule} cannot be evaluated: ${detail}.`,
    },
    remedy: {
      de: 'Fehlende Angabe ergänzen oder berichtigen. Darf sie fehlen, muss die Regel im Lieferprofil das sagen (where, has).',
      en: 'Add or correct the value. If it may be absent, the rule in the profile has to say so (where, has).',
    },
  }),
  'rule.not-unique': finding<
    OfRule & OfGroup & { columns: readonly string[]; value: Text; firstRow: number; firstManifest: string }
  >({
    severity: 'error',
    title: { de: 'Angabe mehrfach', en: 'Value not unique' },
    message: {
      de: (args) =>
        de(
          args,
          `${list(args.columns)}: „${args.value.de}“ steht schon in Zeile ${args.firstRow} (${args.firstManifest}).`,
        ),
      en: (args) =>
        en(
          args,
          `${listEn(args.columns)}: "${args.value.en}" is already in row ${args.firstRow} (${args.firstManifest}).`,
        ),
    },
    remedy: {
      de: 'Klären, welche Zeile stimmt, und die andere berichtigen oder streichen.',
      en: 'Find out which row is right, and correct or remove the other.',
    },
  }),
  'rule.sequence-gap': finding<OfRule & OfGroup & { column: string; missing: string }>({
    severity: 'error',
    title: { de: 'Lücke in der Zählung', en: 'Gap in the numbering' },
    message: {
      de: (args) => de(args, `${within(args).de} fehlt in der Zählung „${args.column}“: ${args.missing}.`),
      en: (args) => en(args, `${within(args).en} the numbering "${args.column}" lacks: ${args.missing}.`),
    },
    remedy: {
      de: 'Fehlende Nummern nachliefern oder die Zählung berichtigen.',
      en: 'Deliver what is missing or correct the numbering.',
    },
  }),
  'rule.sum-differs': finding<OfRule & OfGroup & { column: string; sum: Text; comparison: Comparison; expected: Text }>(
    {
      severity: 'error',
      title: { de: 'Summe stimmt nicht', en: 'Sum is wrong' },
      message: {
        de: (args) =>
          de(
            args,
            `${within(args).de} ergibt die Summe von „${args.column}“ ${args.sum.de}; ` +
              `vereinbart ist ${comparisons[args.comparison].de} ${args.expected.de}.`,
          ),
        en: (args) =>
          en(
            args,
            `${within(args).en} "${args.column}" adds up to ${args.sum.en}; ` +
              `agreed is ${comparisons[args.comparison].en} ${args.expected.en}.`,
          ),
      },
      remedy: correct,
    },
  ),
  'rule.count-differs': finding<OfRule & OfGroup & { count: number; comparison: Comparison; expected: Text }>({
    severity: 'error',
    title: { de: 'Anzahl stimmt nicht', en: 'Count is wrong' },
    message: {
      de: (args, format) =>
        de(
          args,
          `${within(args).de} sind es ${format.number(args.count)}; ` +
            `vereinbart ist ${comparisons[args.comparison].de} ${args.expected.de}.`,
        ),
      en: (args, format) =>
        en(
          args,
          `${within(args).en} there are ${format.number(args.count)}; ` +
            `agreed is ${comparisons[args.comparison].en} ${args.expected.en}.`,
        ),
    },
    remedy: correct,
  }),
  'rule.group-contradictory': finding<OfRule & OfGroup & { value: Text; first: Text; firstRow: number }>({
    severity: 'error',
    title: { de: 'Zeilen widersprechen sich', en: 'Rows contradict each other' },
    message: {
      de: (args) =>
        de(
          { rule: args.rule },
          `${within(args).de} nennt diese Zeile „${args.value.de}“, Zeile ${args.firstRow} aber „${args.first.de}“.`,
        ),
      en: (args) =>
        en(
          { rule: args.rule },
          `${within(args).en} this row says "${args.value.en}", but row ${args.firstRow} "${args.first.en}".`,
        ),
    },
    remedy: {
      de: 'Klären, welche Zeile stimmt, und die andere berichtigen.',
      en: 'Find out which row is right, and correct the other.',
    },
  }),
  'rule.out-of-order': finding<OfRule & OfGroup & { columns: readonly string[]; value: Text; before: Text }>({
    severity: 'error',
    title: { de: 'Reihenfolge stimmt nicht', en: 'Out of order' },
    message: {
      de: (args) => de(args, `${list(args.columns)}: „${args.value.de}“ steht hinter „${args.before.de}“.`),
      en: (args) => en(args, `${listEn(args.columns)}: "${args.value.en}" comes after "${args.before.en}".`),
    },
    remedy: {
      de: 'Begleitliste nach den genannten Spalten aufsteigend sortieren.',
      en: 'Sort the manifest by these columns, ascending.',
    },
  }),
  'rule.not-in-list': finding<OfRule & { columns: readonly string[]; value: Text; list: string }>({
    severity: 'error',
    title: { de: 'Angabe steht nicht in der Liste', en: 'Value is not on the list' },
    message: {
      de: (args) => de(args, `${list(args.columns)}: „${args.value.de}“ steht nicht in der Liste „${args.list}“.`),
      en: (args) => en(args, `${listEn(args.columns)}: "${args.value.en}" is not on the list "${args.list}".`),
    },
    remedy: {
      de: 'Einen vereinbarten Wert der Liste eintragen.',
      en: 'Write one of the agreed values of the list.',
    },
  }),
  'rule.name-differs': finding<{ field: string; column: string; named: string; listed: string }>({
    severity: 'error',
    title: { de: 'Dateiname und Begleitliste widersprechen sich', en: 'File name and manifest disagree' },
    message: {
      de: ({ column, named, listed }) => `Der Pfad nennt „${named}“, die Spalte „${column}“ aber „${listed}“.`,
      en: ({ column, named, listed }) => `The path says "${named}", but the column "${column}" "${listed}".`,
    },
    remedy: {
      de: 'Klären, zu welcher Akte die Datei gehört; Datei umbenennen oder Begleitliste berichtigen.',
      en: 'Find out to which file the document belongs; rename it or correct the manifest.',
    },
  }),
  'rule.not-ordered': finding<OfRule & OfFile>({
    severity: 'error',
    title: { de: 'Akte nicht bestellt', en: 'File not ordered' },
    message: {
      de: (args) => de(args, `Die Akte ${file(args).de} steht auf keiner Abholliste dieses Abrufs.`),
      en: (args) => en(args, `The file ${file(args).en} is on no pick list of this call-off.`),
    },
    remedy: {
      de: 'Aktenzeichen mit der Abholliste vergleichen; gehört die Akte nicht zum Auftrag, zurückgeben.',
      en: 'Compare the reference with the pick list; return the file if it does not belong to the order.',
    },
  }),
  'rule.not-picked-up': finding<OfRule & OfFile>({
    severity: 'error',
    title: { de: 'Akte nicht auf der Abholliste', en: 'File not on the pick list' },
    message: {
      de: (args) => de(args, `Die Akte ${file(args).de} steht nicht auf der Abholliste dieser Charge.`),
      en: (args) => en(args, `The file ${file(args).en} is not on the pick list of this batch.`),
    },
    remedy: {
      de: 'Aktenzeichen mit der Abholliste vergleichen und berichtigen, oder die Akte mit ihrer Charge liefern.',
      en: 'Compare the reference with the pick list and correct it, or deliver the file with its batch.',
    },
  }),
  'rule.delivered-before': finding<OfRule & Earlier>({
    severity: 'error',
    title: { de: 'Akte schon geliefert', en: 'File delivered before' },
    message: {
      de: (args) =>
        de(args, `Die Akte ${file(args).de} kam schon mit der Charge ${args.batch}, Lieferung ${args.round}.`),
      en: (args) => en(args, `The file ${file(args).en} came with batch ${args.batch}, round ${args.round} already.`),
    },
    remedy: {
      de: 'Klären, welche Lieferung gilt; die andere zurückziehen, damit nichts doppelt bezahlt wird.',
      en: 'Find out which delivery counts; withdraw the other, so that nothing is paid twice.',
    },
  }),
  'rule.content-known': finding<OfRule & Earlier & { path: string }>({
    severity: 'error',
    title: { de: 'Inhalt schon geliefert', en: 'Content delivered before' },
    message: {
      de: (args) =>
        de(
          args,
          `Dieselbe Datei kam schon als ${args.path} der Akte ${file(args).de} (Charge ${args.batch}, Lieferung ${args.round}).`,
        ),
      en: (args) =>
        en(
          args,
          `The same content came as ${args.path} of the file ${file(args).en} (batch ${args.batch}, round ${args.round}).`,
        ),
    },
    remedy: {
      de: 'Klären, zu welcher Akte das Dokument gehört, und nur dort liefern.',
      en: 'Find out to which file the document belongs, and deliver it there only.',
    },
  }),
  'rule.ledger-not-asked': finding<{ rule: string }>({
    severity: 'note',
    title: { de: 'Bestellung und frühere Lieferungen nicht geprüft', en: 'Orders and earlier deliveries not checked' },
    message: {
      de: ({ rule }) =>
        `Die Regel ${rule} wird erst beim Eingang der Lieferung geprüft: sie braucht die Bücher des Auftraggebers.`,
      en: ({ rule }) => `The rule ${rule} is judged when the delivery is received: it needs the county's books.`,
    },
    remedy: { de: 'Nichts zu tun.', en: 'Nothing to do.' },
  }),
} as const;
