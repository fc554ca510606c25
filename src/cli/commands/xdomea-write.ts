import { basename } from 'node:path';
import { writtenVersions } from '../../dms/xdomea/plan-messages.ts';
import { writeMessages } from '../../dms/xdomea/write-messages.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, choice, readCount, requiredValue, value } from '../options.ts';

const megabyte = 1_000_000;
const defaultMegabytes = 2000;

const version = choice(
  writtenVersions,
  text({ de: 'Version von xdomea (sonst 3.0)', en: 'version of xdomea (default 3.0)' }),
);

export default defineCommand({
  name: 'xdomea write',
  summary: text({
    de: 'abgenommene Akten als xdomea-Abgabe (0401) schreiben',
    en: 'write accepted files as xdomea hand-over messages (0401)',
  }),
  details: text({
    de: 'Schreibt je Nachricht ein ZIP mit der Nachricht und ihren Dateien, benannt nach dem Standard. Jede Datei wird dabei mit dem abgenommenen Hash verglichen. Dieselben Akten erhalten immer dieselben Kennungen. Was „Akte.…“ und „Dokument.…“ heißt, sagt der Abschnitt „dms“ des Lieferprofils (docs/dms/xdomea.md). Im Arbeitsbereich ändert sich nichts.',
    en: 'Writes a zip for each message, with the message and its files, named by the standard. Every file is compared with the accepted hash on its way. The same files always have the same identifiers. What "Akte.…" and "Dokument.…" are filled with is said by the section "dms" of the delivery profile (docs/dms/xdomea.md). Nothing changes in the workspace.',
  }),
  examples: [
    'scanlot xdomea write B-2021-001 --out abgabe --recipient "Landesarchiv"',
    'scanlot xdomea write B-2021-001 --out abgabe --recipient "Stadt X" --xdomea 3.1 --size 500',
  ],
  workspace: 'read',
  arguments: { batch: argument('BATCH', text({ de: 'die Charge', en: 'the batch' })) },
  options: {
    out: requiredValue('FOLDER', text({ de: 'Ordner für die Nachrichten', en: 'folder for the messages' })),
    recipient: requiredValue('NAME', text({ de: 'die aufnehmende Stelle', en: 'the institution that takes over' })),
    round: value('N', text({ de: 'nur diese Runde', en: 'this round only' }), readCount),
    xdomea: {
      ...version,
      read: (raw: unknown, name: string) => {
        if (/^4(\.|$)/.test(String(raw))) throw notWritten(String(raw));
        return version.read(raw, name);
      },
    },
    size: value(
      'MB',
      text({
        de: 'Dateien je Nachricht höchstens, in Megabyte (sonst 2000); eine größere Akte erhält eine eigene Nachricht',
        en: 'files in one message at most, in megabytes (default 2000); a larger file (Akte) has a message of its own',
      }),
      readCount,
    ),
  },
  output: {
    schema: 'xdomea-write-1',
    members: {
      messages:
        'path, processId, bytes (of documents), overLimit, objects: id, reference, volume, documents (id, name, path, sha256)',
      leftOut: 'accepted without a readable document: reference, volume',
    },
  },
  run: async (context, { batch, out, recipient, round, xdomea = '3.0', size = defaultMegabytes }) => {
    const limit = size * megabyte;
    const { messages, leftOut } = await writeMessages(context.workspace, {
      ...{ batch, round, recipient, version: xdomea, limit, folder: context.path(out) },
      ...{ progress: context.progress, signal: context.signal },
    });
    const told = messages.map(({ path, message }) => ({
      path,
      processId: message.processId,
      bytes: message.bytes,
      overLimit: message.bytes > limit,
      objects: message.records.map(({ id, file, documents }) => ({
        id,
        reference: file.reference,
        volume: file.volume,
        documents: documents.map(({ id, name, document }) => ({
          ...{ id, name, path: document.path, sha256: document.sha256 },
        })),
      })),
    }));
    const files = told.reduce((sum, { objects }) => sum + objects.length, 0);
    return {
      data: { messages: told, leftOut: leftOut.map(({ reference, volume }) => ({ reference, volume })) },
      exitCode: leftOut.length > 0 ? 1 : 0,
      render: (printer) => {
        printer.table(told, [
          { title: text({ de: 'Nachricht', en: 'message' }), value: ({ path }) => basename(path) },
          {
            title: text({ de: 'Akten', en: 'files' }),
            value: (row, f) => f.number(row.objects.length),
            align: 'right',
          },
          { title: text({ de: 'Umfang', en: 'size' }), value: (row, f) => f.bytes(row.bytes), align: 'right' },
        ]);
        for (const { reference, volume } of leftOut) {
          const name = `${reference} ${volume}`.trim();
          printer.line(
            text({
              de: `${name}: nicht abgegeben, ohne lesbares Dokument abgenommen.`,
              en: `${name}: not handed over, accepted without a readable document.`,
            }),
            'bad',
          );
        }
        printer.line(
          text({
            de: (f) => `Geschriebene Nachrichten: ${f.number(told.length)}, Akten darin: ${f.number(files)}.`,
            en: (f) => `Messages written: ${f.number(told.length)}, files in them: ${f.number(files)}.`,
          }),
          leftOut.length > 0 ? 'warn' : 'good',
        );
      },
    };
  },
});

/** What is written is validated; that needs the schema. */
function notWritten(wanted: string): UsageError {
  return new UsageError(
    'xdomea.version-not-written',
    text({
      de: `xdomea ${wanted} wird gelesen, aber nicht geschrieben: Das Schema dieser Version lag nicht vor, um das Geschriebene daran zu prüfen.`,
      en: `xdomea ${wanted} is read, but not written: its schema was not at hand to validate what is written.`,
    }),
    text({
      de: `Eine dieser Versionen angeben: ${writtenVersions.join(', ')}; 3.0 ist die verbindliche. Näheres: docs/dms/xdomea.md.`,
      en: `Name one of these versions: ${writtenVersions.join(', ')}; 3.0 is the binding one. More: docs/dms/xdomea.md.`,
    }),
  );
}
