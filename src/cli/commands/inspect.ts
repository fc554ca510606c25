import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { severalArguments } from '../options.ts';

export default defineCommand({
  name: 'inspect',
  summary: text({ de: 'Seiten zählen und Dateien beschreiben', en: 'count the pages of files and describe them' }),
  details: text({
    de: 'Braucht keinen Arbeitsbereich und kein Lieferprofil. Ordner werden mit allem gelesen, was darin liegt; die Ausgabe folgt der Reihenfolge der Angaben. Wo die Seitenzahl nicht verbürgt werden kann, fehlt sie, und ein Befund sagt warum. Mit --json entsteht eine Zeile je Datei. Endet mit 0, wenn keine Datei einen Fehler hat, sonst mit 1.',
    en: 'Needs no workspace and no profile. Folders are read with all that lies in them; the output follows the order of the words. Where the page count cannot be vouched for it is missing, and a finding says why. --json prints one line a file. Ends with 0 when no file has an error, otherwise with 1.',
  }),
  examples: ['scanlot inspect akte.pdf', 'scanlot inspect lieferung-1 --json > fakten.jsonl'],
  workspace: 'none',
  arguments: { paths: severalArguments('PATH', text({ de: 'Dateien und Ordner', en: 'files and folders' })) },
  output: {
    schema: 'file-facts-1',
    lines: true,
    members: {
      path: 'as named, followed by the path in the folder',
      format:
        'by its bytes: pdf, tiff, jpeg, png, jp2, zip, xml, text, empty, unknown; null where it could not be read',
      pages: 'page count; null where none can be vouched for, then a finding says why',
      sha256: 'sha256 of the bytes, null where they could not be read',
      size: 'bytes, null where the file could not be read',
      findings: 'code, severity, page, args, message, remedy',
      details: 'facts of the format; null where the file could not be read',
    },
  },
  run: async (context, { paths }) => {
    const { namedFiles } = await import('../../delivery/named-files.ts');
    const { inspectInOrder } = await import('../../inspection/inspect-in-order.ts');
    const { createInspector } = await import('../../inspection/pool.ts');
    const { createInspectOutput } = await import('../inspect-output.ts');
    const output = createInspectOutput(context.language, paths);
    return {
      lines: (async function* () {
        const inspector = createInspector();
        const stop = () => void inspector.close();
        context.signal.addEventListener('abort', stop, { once: true });
        try {
          const files = namedFiles(paths, context.path('.'), context.signal);
          const inspected = inspectInOrder(inspector, files, ({ file, size }) =>
            typeof file === 'string' ? { file, size, digests: [] } : undefined,
          );
          for await (const { item, inspection } of inspected) yield output.line(item, inspection);
        } finally {
          context.signal.removeEventListener('abort', stop);
          await inspector.close();
        }
      })(),
      renderEnd: output.renderEnd,
      exitCode: () => (output.hasErrors ? 1 : 0),
    };
  },
});
