import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { type Text, text } from '../../shared/language.ts';
import type { InferredProfile } from '../../validation/infer/infer-profile.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';

const mostNamed = 5;

function showDoubts({ ignored, pagesDiffer }: InferredProfile['doubts']): Text[] {
  const names = `${ignored.slice(0, mostNamed).join(', ')}${ignored.length > mostNamed ? ', …' : ''}`;
  const files = text({
    de: `Weder Dokument noch Prüfsummen noch lesbare Begleitliste, darum im Profil unter „ignore“ (${ignored.length}): ${names}. Ist die Begleitliste darunter, sie unter „manifests“ eintragen.`,
    en: `Neither documents nor checksums nor a readable manifest, so under "ignore" in the profile (${ignored.length}): ${names}. If the manifest is among them, enter it under "manifests".`,
  });
  const pages = text({
    de: `Angegebene und gezählte Seiten weichen bei ${pagesDiffer} Einträgen voneinander ab; das Profil verlangt darum nicht, dass sie gleich sind.`,
    en: `Declared and counted pages differ for ${pagesDiffer} items; the profile does not demand that they agree for that reason.`,
  });
  return [...(ignored.length > 0 ? [files] : []), ...(pagesDiffer > 0 ? [pages] : [])];
}

export default defineCommand({
  name: 'profile infer',
  summary: text({
    de: 'erstes Lieferprofil aus einer Musterlieferung ableiten',
    en: 'make a first delivery profile from a good sample package',
  }),
  details: text({
    de: 'Erkennt Aufbau, Form der Begleitliste, Spalten mit Arten, Mustern und Wertelisten, Prüfsummen, Formate und geltende Seitenregeln und prüft das Paket dagegen. Das Profil ist ein Anfang: durchsehen und vereinbaren. Endet mit 0, wenn das Paket das abgeleitete Profil erfüllt, sonst mit 1.',
    en: 'Finds layout, form of the manifest, columns with types, patterns and lists of values, checksums, formats and page rules that hold, and checks the package against them. The profile is a start: look it over and agree on it. Ends with 0 when the package satisfies the inferred profile, otherwise with 1.',
  }),
  examples: ['scanlot profile infer musterlieferung --out ordnungsamt.json'],
  workspace: 'none',
  arguments: { package: argument('PACKAGE', text({ de: 'eine gute Lieferung', en: 'a good delivery' })) },
  options: { out: value('FILE', text({ de: 'in diese Datei schreiben', en: 'write to this file' })) },
  output: {
    schema: 'profile-infer-1',
    members: {
      profile: 'the inferred profile',
      verdict: 'of the package by this profile: pass, fail or error',
      codes: 'findings of the package by this profile',
      ignored: 'files that the profile ignores: neither documents nor checksums nor a manifest that could be read',
      pagesDiffer: 'items whose declared pages are not those counted; the profile has no rule about them then',
    },
  },
  run: async (context, { package: location, out }) => {
    const { inferProfile } = await import('../../validation/infer/infer-profile.ts');
    const { progress, signal } = context;
    const { profile, check, doubts } = await inferProfile(context.path(location), { progress, signal });
    const json = `${JSON.stringify(profile, undefined, 2)}\n`;
    if (out !== undefined) await writeFileAtomically(context.path(out), json);
    const codes = [...new Set(check.findings.map(({ code }) => code))].sort();
    return {
      exitCode: check.verdict === 'pass' ? 0 : 1,
      data: { profile, verdict: check.verdict, codes, ...doubts },
      render: (printer) => {
        if (out === undefined) for (const line of json.trimEnd().split('\n')) printer.line(line);
        else printer.line(text({ de: `Geschrieben: ${out}`, en: `Written: ${out}` }));
        for (const line of showDoubts(doubts)) printer.line(line, 'warn');
        if (check.verdict === 'pass') return;
        printer.line(
          text({
            de: `Die Musterlieferung selbst hat Mängel: ${codes.join(', ')}`,
            en: `The sample package itself has defects: ${codes.join(', ')}`,
          }),
          'bad',
        );
      },
    };
  },
});
