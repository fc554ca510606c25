import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { argument, choice, value } from '../options.ts';

export default defineCommand({
  name: 'profile show',
  summary: text({ de: 'Lieferprofil als lesbares Dokument', en: 'a delivery profile as a readable document' }),
  details: text({
    de: 'Was zu liefern ist: Aufbau, Spalten, Prüfsummen, Regeln, technische Anforderungen, Grenzen. Als Anlage zu einer Ausschreibung gedacht; mit --lot in der Fassung eines Loses.',
    en: 'What is to be delivered: layout, columns, checksums, rules, technical demands, limits. Meant as an annex to a tender; with --lot as it holds for one lot.',
  }),
  examples: [
    'scanlot profile show ordnungsamt.json --lang de',
    'scanlot profile show ordnungsamt.json --format html --out lieferprofil.html --lot L1',
  ],
  workspace: 'none',
  arguments: { file: argument('FILE', text({ de: 'das Lieferprofil (JSON, YAML)', en: 'the profile (JSON, YAML)' })) },
  options: {
    format: choice(
      ['text', 'html', 'md'],
      text({ de: 'Form des Dokuments; sonst text', en: 'form of the document; otherwise text' }),
    ),
    lot: value('LOT', text({ de: 'in der Fassung dieses Loses', en: 'as it holds for this lot' })),
    out: value('FILE', text({ de: 'in diese Datei schreiben', en: 'write to this file' })),
  },
  output: {
    schema: 'profile-show-1',
    members: {
      profile: 'the resolved profile: base profiles and the lot merged',
      hash: 'sha256 of the profile',
      lot: 'the lot, or null',
    },
  },
  run: async (context, { file, format = 'text', lot, out }) => {
    const { loadForLot } = await import('../profile-lot.ts');
    const { describeProfile } = await import('../../delivery/profile/describe.ts');
    const { renderPlainHtml, renderPlainMarkdown } = await import('../../reporting/plain-document.ts');
    const path = context.path(file);
    const profile = loadForLot(path, lot);
    const document = describeProfile(profile, lot);
    const written = format === 'html' ? renderPlainHtml : renderPlainMarkdown;
    if (out !== undefined) await writeFileAtomically(context.path(out), written(document, context.language));
    return {
      data: { profile: profile.source, hash: profile.hash, lot: lot ?? null },
      render: (printer) => {
        if (out !== undefined) {
          printer.line(text({ de: `Geschrieben: ${out}`, en: `Written: ${out}` }));
          return;
        }
        if (format !== 'text') {
          for (const line of written(document, context.language).trimEnd().split('\n')) printer.line(line);
          return;
        }
        printer.line(document.title, 'strong');
        printer.line(document.subtitle, 'quiet');
        for (const { title, paragraphs = [], table } of document.sections) {
          printer.heading(title);
          for (const words of paragraphs) printer.line(words);
          if (!table) continue;
          printer.table(
            table.rows,
            table.columns.map((column, index) => ({
              title: column,
              value: (row: (typeof table.rows)[number]) => row[index]?.[context.language] ?? '',
              shrinks: index > 0,
            })),
          );
        }
      },
    };
  },
});
