import { finding } from '../definition.ts';
import { theFile, type Volume } from './ledger-words.ts';

/** The sums of the ledger that must agree; `relation` says how. */
export const identities = {
  documents: {
    de: 'gemeldete Dokumente = bestanden + beanstandet + nicht prüfbar + freigegeben',
    en: 'declared documents = passed + failed + errored + waived',
  },
  'picked-up-files': {
    de: 'abgeholte Akten = gelieferte + ausstehende',
    en: 'picked up files = delivered + outstanding',
  },
  'delivered-files': {
    de: 'gelieferte Akten = abgenommene + zurückgewiesene + offene',
    en: 'delivered files = accepted + rejected + open',
  },
  'received-pages': {
    de: 'erhaltene Seiten = abgenommene + mehr durch Nacherfüllung + zurückgewiesene + offene + nicht auf der Abholliste',
    en: 'received pages = accepted + more by corrections + rejected + open + not on the pick list',
  },
  'imported-files': {
    de: 'importierte Akten höchstens so viele wie abgenommene',
    en: 'imported files no more than accepted',
  },
  'imported-pages': {
    de: 'importierte Seiten höchstens so viele wie abgenommene und mehr durch Nacherfüllung',
    en: 'imported pages no more than accepted and more by corrections',
  },
} as const;
export type IdentityName = keyof typeof identities;

/** What was received, accepted and imported against each other. */
export const ledgerSumFindings = {
  'ledger.accepted-differs': finding<Volume & { readonly received: number | null; readonly accepted: number }>({
    severity: 'error',
    title: { de: 'Abgenommene und erhaltene Seiten weichen ab', en: 'Accepted and received pages differ' },
    message: {
      de: (args, f) =>
        `${theFile.de(args)} ist mit ${f.counted(args.accepted, 'Seite', 'Seiten')} abgenommen; ` +
        (args.received === null ? 'ihre Seiten waren nicht zählbar.' : `gezählt sind ${f.number(args.received)}.`),
      en: (args, f) =>
        `${theFile.en(args)} was accepted with ${f.counted(args.accepted, 'page', 'pages')}; ` +
        (args.received === null ? 'its pages could not be counted.' : `counted are ${f.number(args.received)}.`),
    },
    remedy: {
      de: 'Die Abnahme prüfen: „scanlot audit verify“ zeigt, ob der Datenbestand unverändert ist.',
      en: 'Check the acceptance: "scanlot audit verify" tells whether the data are unchanged.',
    },
  }),
  'ledger.imported-differs': finding<Volume & { readonly accepted: number; readonly imported: number }>({
    severity: 'error',
    title: { de: 'Importierte und abgenommene Seiten weichen ab', en: 'Imported and accepted pages differ' },
    message: {
      de: (args, f) =>
        `${theFile.de(args)} ist mit ${f.counted(args.imported, 'Seite', 'Seiten')} im DMS bestätigt, abgenommen sind ${f.number(args.accepted)}.`,
      en: (args, f) =>
        `${theFile.en(args)} is confirmed in the DMS with ${f.counted(args.imported, 'page', 'pages')}; accepted are ${f.number(args.accepted)}.`,
    },
    remedy: {
      de: 'Das Objekt im DMS zurücklesen („scanlot import verify“) und die Abweichung klären, bevor Papier vernichtet wird.',
      en: 'Read the object back from the DMS ("scanlot import verify") and clear it up before any paper is destroyed.',
    },
  }),
  'ledger.identity-broken': finding<{
    readonly identity: IdentityName;
    readonly left: number;
    readonly right: number;
  }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Summen gehen nicht auf', en: 'The sums do not agree' },
    message: {
      de: ({ identity, left, right }, f) => `${identities[identity].de}: ${f.number(left)} gegen ${f.number(right)}.`,
      en: ({ identity, left, right }, f) => `${identities[identity].en}: ${f.number(left)} against ${f.number(right)}.`,
    },
    remedy: {
      de: 'Nichts abnehmen oder importieren, bis die Ursache klar ist; „scanlot audit verify“ zeigt unerlaubte Änderungen.',
      en: 'Accept and import nothing until the cause is known; "scanlot audit verify" shows changes made elsewhere.',
    },
  }),
} as const;
