import { allObjects } from '../../dms/xdomea/message.ts';
import { readMessage } from '../../dms/xdomea/read-message.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { findingData } from '../finding-output.ts';
import { argument } from '../options.ts';
import { printMessage } from '../xdomea-output.ts';

export default defineCommand({
  name: 'xdomea show',
  summary: text({
    de: 'eine xdomea-Nachricht lesbar machen und mit ihren Dateien vergleichen',
    en: 'make an xdomea message readable and compare it with its files',
  }),
  details: text({
    de: 'Liest Nachrichten aller Typen der Versionen 2, 3 und 4, als XML oder als ZIP mit ihren Dateien. Zeigt Kopf, Akten, Vorgänge und Dokumente, welche Dateien fehlen oder nicht genannt sind, und bei Rückmeldungen, was übernommen wurde. Braucht keinen Arbeitsbereich und ändert nichts. Endet mit 1, wenn etwas fehlt oder nicht übernommen wurde.',
    en: 'Reads messages of all types of versions 2, 3 and 4, as XML or as a zip with their files. Shows head, files (Akten), cases and documents, which files are missing or not named, and of acknowledgements what was taken over. Needs no workspace and changes nothing. Ends with 1 when something is missing or was not taken over.',
  }),
  examples: [
    'scanlot xdomea show 9fde4e7a-b41b-11ec-9225-005056871b7c_Abgabe.Abgabe.0401.zip',
    'scanlot xdomea show antwort.xml --json',
  ],
  workspace: 'none',
  arguments: {
    file: argument('FILE', text({ de: 'die Nachricht (XML oder ZIP)', en: 'the message (XML or zip)' })),
  },
  output: {
    schema: 'xdomea-show-1',
    members: {
      file: 'the file as named',
      entry: 'path of the message in the zip, or null',
      version: 'version of xdomea, by the namespace',
      type: 'type of the message, by its root element: Abgabe.Abgabe',
      code: 'its number: 0401',
      head: 'processId, messageId (4.0), statedCode, createdAt, sender, recipient (institution, unit, person, key), system, part (4.0: number, of)',
      counts: 'objects by kind, and all; files named, missing, not named; answers, and those taken over',
      objects:
        'the tree: kind (file, part-file, case, part-case, document, attachment, letter, other), element, id, reference, title, period (begin, end), files, objects',
      files: 'named files: name, originalName, object (id), present (null without a zip), size',
      unnamed: 'paths in the zip that the message does not name',
      answers: 'of acknowledgements: id, takenOver, errors, errorCodes, recordId',
      appraisals: 'of an appraisal list (0502): id, decision',
      findings: 'what is wrong: code, severity, path, args, message, remedy',
    },
  },
  run: async (context, { file }) => {
    const read = await readMessage(context.path(file), context.signal);
    const { message, files, unnamed, findings } = read;
    const { version, type, code, head, objects, answers, appraisals } = message;
    const counts = countsOf(read);
    const described = findings.map((finding) => findingData(finding, context.language));
    return {
      data: {
        ...{ file, entry: read.entry, version, type, code, head, counts },
        ...{ objects, files, unnamed, answers, appraisals, findings: described },
      },
      exitCode: findings.some(({ severity }) => severity === 'error') ? 1 : 0,
      render: (printer) => printMessage(printer, read),
    };
  },
});

function countsOf({ message, files, unnamed }: Awaited<ReturnType<typeof readMessage>>) {
  const kinds: Record<string, number> = {};
  const objects = allObjects(message);
  for (const { kind } of objects) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    kinds,
    objects: objects.length,
    files: files.length,
    missing: files.filter(({ present }) => present === false).length,
    unnamed: unnamed.length,
    answers: message.answers.length,
    takenOver: message.answers.filter(({ takenOver }) => takenOver === true).length,
  };
}
