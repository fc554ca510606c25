import { systemWords } from '../../shared/system-words.ts';
import { finding } from '../definition.ts';

type None = Record<never, never>;

const specialKinds = {
  pipe: { de: 'eine Pipe', en: 'a pipe' },
  socket: { de: 'ein Socket', en: 'a socket' },
  device: { de: 'eine Gerätedatei', en: 'a device file' },
} as const;

const forms = {
  folder: { de: 'Ordner', en: 'folder' },
  zip: { de: 'ZIP', en: 'zip' },
  bagit: { de: 'BagIt-Paket', en: 'BagIt bag' },
} as const;

const changes = {
  changed: { de: 'wurde während der Prüfung geändert', en: 'was changed during the check' },
  added: { de: 'kam während der Prüfung hinzu', en: 'was added during the check' },
  removed: { de: 'verschwand während der Prüfung', en: 'disappeared during the check' },
} as const;

/** The package as a whole: its form, its completeness, its readability. */
export const packageFindings = {
  'package.empty': finding<None>({
    severity: 'error',
    title: { de: 'Leeres Paket', en: 'Empty package' },
    message: {
      de: () => 'Das Paket enthält keine Datei.',
      en: () => 'The package holds no file.',
    },
    remedy: {
      de: 'Paket vollständig liefern; prüfen, ob der richtige Ordner angegeben wurde.',
      en: 'Deliver the complete package; check that the right folder was named.',
    },
  }),
  'package.nothing-verified': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Nichts geprüft', en: 'Nothing verified' },
    message: {
      de: () => 'Keine einzige Datei des Pakets konnte gegen die Begleitliste geprüft werden.',
      en: () => 'Not a single file of the package could be verified against the manifest.',
    },
    remedy: {
      de: 'Prüfen, ob Lieferprofil und Paket zueinander gehören; ohne geprüfte Datei gibt es kein bestandenes Paket.',
      en: 'Check that profile and package belong together; a package without a verified file cannot pass.',
    },
  }),
  'package.no-profile': finding<{ form: 'folder' | 'zip' | 'bagit' }>({
    severity: 'note',
    title: { de: 'Kein Lieferprofil angewendet', en: 'No delivery profile applied' },
    message: {
      de: ({ form }) =>
        `Geprüft wurde nur die Unversehrtheit (${forms[form].de}): Prüfsummen, die das Paket mitbringt, und seine Form. Ob die Lieferung der Vereinbarung entspricht, ist damit nicht gesagt.`,
      en: ({ form }) =>
        `Only integrity was checked (${forms[form].en}): the checksums that the package brings, and its form. Whether the delivery is as agreed is not told by this.`,
    },
    remedy: {
      de: 'Für die Abnahme mit --profile gegen das Lieferprofil des Loses prüfen.',
      en: "For acceptance, check with --profile against the lot's delivery profile.",
    },
  }),
  'package.nested-archive': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Archiv im Paket', en: 'Archive inside the package' },
    message: {
      de: () => 'Die Datei ist selbst ein ZIP; was darin liegt, wurde nicht geprüft.',
      en: () => 'The file is a zip file itself; what it holds was not checked.',
    },
    remedy: {
      de: 'Den Inhalt unverschachtelt liefern oder das innere ZIP für sich als Lieferung prüfen.',
      en: 'Deliver the content without nesting, or check the inner zip file as a delivery of its own.',
    },
  }),
  'package.archive-unopened': finding<None>({
    severity: 'warning',
    title: { de: 'Archiv nicht geöffnet', en: 'Archive not opened' },
    message: {
      de: () => 'Vom ZIP wurde nur die Prüfsumme der Datei verglichen; was darin liegt, wurde nicht geprüft.',
      en: () => 'Of the zip file, only the checksum of the file was compared; what it holds was not checked.',
    },
    remedy: {
      de: 'Das ZIP für sich prüfen, wenn sein Inhalt zur Lieferung gehört.',
      en: 'Check the zip file on its own where its content belongs to the delivery.',
    },
  }),
  'package.too-many-entries': finding<{ limit: number }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Zu viele Dateien', en: 'Too many files' },
    message: {
      de: ({ limit }, format) =>
        `Das Paket enthält mehr als ${format.number(limit)} Einträge; die übrigen wurden nicht geprüft.`,
      en: ({ limit }, format) =>
        `The package holds more than ${format.number(limit)} entries; the others were not checked.`,
    },
    remedy: {
      de: 'Lieferung auf mehrere Pakete aufteilen oder die Grenze im Lieferprofil (limits.files) anheben.',
      en: 'Split the delivery into several packages, or raise the limit in the delivery profile (limits.files).',
    },
  }),
  'package.junk': finding<None>({
    severity: 'note',
    title: { de: 'Systemdatei', en: 'System file' },
    message: {
      de: () => 'Diese Datei hat das Betriebssystem oder ein Büroprogramm angelegt; sie wird nicht übernommen.',
      en: () => 'The operating system or an office program left this file; it is not imported.',
    },
    remedy: {
      de: 'Nichts zu tun; vor künftigen Lieferungen solche Dateien löschen.',
      en: 'Nothing to do; delete such files before future deliveries.',
    },
  }),
  'package.link': finding<None>({
    severity: 'error',
    title: { de: 'Verknüpfung statt Datei', en: 'Link instead of a file' },
    message: {
      de: () => 'Das Paket enthält hier eine symbolische Verknüpfung; ihr wird nicht gefolgt.',
      en: () => 'The package holds a symbolic link here; it is not followed.',
    },
    remedy: {
      de: 'Die Datei selbst liefern, keine Verknüpfung darauf.',
      en: 'Deliver the file itself, not a link to it.',
    },
  }),
  'package.special-file': finding<{ kind: keyof typeof specialKinds }>({
    severity: 'error',
    title: { de: 'Keine gewöhnliche Datei', en: 'Not an ordinary file' },
    message: {
      de: ({ kind }) => `Hier liegt keine gewöhnliche Datei, sondern ${specialKinds[kind].de}.`,
      en: ({ kind }) => `This is no ordinary file but ${specialKinds[kind].en}.`,
    },
    remedy: {
      de: 'Den Eintrag entfernen; nur gewöhnliche Dateien und Ordner liefern.',
      en: 'Remove the entry; deliver ordinary files and folders only.',
    },
  }),
  'package.entry-unreadable': finding<{ cause: string }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Eintrag nicht lesbar', en: 'Entry not readable' },
    message: {
      de: ({ cause }) =>
        `Der Ordner oder die Datei lässt sich nicht lesen: ${systemWords(cause).de}. Der Inhalt ist ungeprüft.`,
      en: ({ cause }) => `The folder or file cannot be read: ${systemWords(cause).en}. Its content is unchecked.`,
    },
    remedy: {
      de: 'Leserechte, Datenträger und Netzlaufwerk prüfen, dann die Prüfung wiederholen.',
      en: 'Check permissions, medium and network drive, then repeat the check.',
    },
  }),
  'package.transfer-unfinished': finding<None>({
    severity: 'error',
    title: { de: 'Unvollständig übertragene Datei', en: 'Unfinished transfer' },
    message: {
      de: () => 'Der Name zeigt eine Datei an, deren Übertragung nicht abgeschlossen ist.',
      en: () => 'The name belongs to a file whose transfer has not been completed.',
    },
    remedy: {
      de: 'Warten, bis die Übertragung abgeschlossen ist, oder die Datei erneut übertragen; Reste löschen.',
      en: 'Wait for the transfer to end, or transfer the file again; delete remnants.',
    },
  }),
  'package.changed': finding<{ change: keyof typeof changes }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Während der Prüfung verändert', en: 'Changed during the check' },
    message: {
      de: ({ change }) => `Die Datei ${changes[change].de}; ihr Ergebnis gilt nicht.`,
      en: ({ change }) => `The file ${changes[change].en}; its result is void.`,
    },
    remedy: {
      de: 'Sicherstellen, dass niemand mehr in das Paket schreibt, dann die Prüfung wiederholen.',
      en: 'Make sure that nobody writes into the package any more, then repeat the check.',
    },
  }),
  'package.file-unexpected': finding<None>({
    severity: 'error',
    title: { de: 'Datei im Lieferprofil nicht vorgesehen', en: 'File not foreseen by the profile' },
    message: {
      de: () => 'Die Datei passt zu keinem Muster des Lieferprofils.',
      en: () => 'The file fits no pattern of the delivery profile.',
    },
    remedy: {
      de: 'Datei in den vereinbarten Ordner legen und vereinbart benennen oder aus dem Paket entfernen.',
      en: 'Put the file into the agreed folder under an agreed name, or remove it from the package.',
    },
  }),
  'package.format-not-agreed': finding<{ format: string; agreed: readonly string[] }>({
    severity: 'error',
    title: { de: 'Format nicht vereinbart', en: 'Format not agreed' },
    message: {
      de: ({ format, agreed }) => `Der Inhalt hat das Format ${format}; vereinbart ist: ${agreed.join(', ')}.`,
      en: ({ format, agreed }) => `The content is ${format}; agreed is: ${agreed.join(', ')}.`,
    },
    remedy: {
      de: 'Dokument in einem vereinbarten Format liefern; den Namen zu ändern genügt nicht.',
      en: 'Deliver the document in an agreed format; changing the name will not do.',
    },
  }),
  'package.file-too-large': finding<{ size: number; limit: number }>({
    severity: 'error',
    title: { de: 'Datei zu groß', en: 'File too large' },
    message: {
      de: ({ size, limit }, format) => `Die Datei hat ${format.bytes(size)}; erlaubt sind ${format.bytes(limit)}.`,
      en: ({ size, limit }, format) => `The file has ${format.bytes(size)}; allowed are ${format.bytes(limit)}.`,
    },
    remedy: {
      de: 'Vereinbarte Auflösung und Kompression verwenden oder das Dokument aufteilen.',
      en: 'Use the agreed resolution and compression, or split the document.',
    },
  }),
  'package.item-unjudged': finding<None>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Position nicht prüfbar', en: 'Item not judged' },
    message: {
      de: () => 'Zu dieser Position gibt es keinen geprüften Inhalt; sie gilt nicht als bestanden.',
      en: () => 'There is no checked content for this item; it does not count as passed.',
    },
    remedy: {
      de: 'Die Warnungen und Hinweise zu dieser Datei klären, dann die Prüfung wiederholen.',
      en: 'Resolve the warnings and notes on this file, then repeat the check.',
    },
  }),
  'package.books-unbalanced': finding<{
    declared: number;
    unlisted: number;
    passed: number;
    failed: number;
    errored: number;
  }>({
    severity: 'error',
    kind: 'unjudged',
    title: { de: 'Summen gehen nicht auf', en: 'Books do not balance' },
    message: {
      de: ({ declared, unlisted, passed, failed, errored }, format) =>
        `Bestanden (${format.number(passed)}) + mangelhaft (${format.number(failed)}) + nicht prüfbar ` +
        `(${format.number(errored)}) ergibt nicht die ${format.number(declared)} gemeldeten und ` +
        `${format.counted(unlisted, 'nicht gemeldeten Position', 'nicht gemeldeten Positionen')}.`,
      en: ({ declared, unlisted, passed, failed, errored }, format) =>
        `Passed (${format.number(passed)}) + failed (${format.number(failed)}) + errored (${format.number(errored)}) ` +
        `do not add up to ${format.number(declared)} declared and ${format.counted(unlisted, 'unlisted item', 'unlisted items')}.`,
    },
    remedy: {
      de: 'Das Ergebnis nicht verwenden und den Hersteller von scanlot verständigen.',
      en: 'Do not use this result; report it to the makers of scanlot.',
    },
  }),
  'package.findings-truncated': finding<{ listed: number; total: number }>({
    severity: 'note',
    title: { de: 'Nicht alle Befunde aufgeführt', en: 'Not all findings listed' },
    message: {
      de: ({ listed, total }, format) =>
        `Einzeln aufgeführt sind ${format.number(listed)} von ${format.number(total)} Befunden; alle sind gezählt.`,
      en: ({ listed, total }, format) =>
        `${format.number(listed)} of ${format.number(total)} findings are listed one by one; all are counted.`,
    },
    remedy: {
      de: 'Zuerst die häufigsten Befunde beheben; die Grenze steht im Lieferprofil (limits.findings).',
      en: 'Mend the most frequent findings first; the limit is in the delivery profile (limits.findings).',
    },
  }),
} as const;
