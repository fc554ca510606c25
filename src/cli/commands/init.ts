import { basename } from 'node:path';
import { recordCreation } from '../../audit/creation.ts';
import { fillSampleCounty, sampleCountyName } from '../../demo/sample-county.ts';
import { text } from '../../shared/language.ts';
import { createWorkspace } from '../../storage/workspace.ts';
import { defineCommand } from '../command.ts';
import { flag, optionalArgument, value } from '../options.ts';

export default defineCommand({
  name: 'init',
  summary: text({ de: 'Arbeitsbereich anlegen', en: 'make a workspace' }),
  details: text({
    de: 'Ein Arbeitsbereich ist ein Ordner mit Einstellungen (scanlot.json), Datenbank, Dokumentenspeicher, Lieferungen und Ausgaben. Er darf auf einem Netzlaufwerk liegen.',
    en: 'A workspace is a folder with configuration (scanlot.json), database, document store, deliveries and outputs. It may lie on a network share.',
  }),
  examples: ['scanlot init my-county --county "Landkreis Musterberg"', 'scanlot init demo --sample'],
  workspace: 'none',
  arguments: {
    folder: optionalArgument(
      'DIR',
      text({ de: 'Ordner (sonst der aktuelle)', en: 'folder (default: the current one)' }),
    ),
  },
  options: {
    county: value(
      'NAME',
      text({
        de: 'Name der Verwaltung, wie er in Berichten steht',
        en: 'name of the administration, as reports show it',
      }),
    ),
    sample: flag(text({ de: 'mit dem Musterlandkreis füllen', en: 'fill it with the sample county' })),
  },
  output: {
    schema: 'init-1',
    members: {
      workspace: 'absolute path of the workspace',
      county: 'name of the county',
      sample: 'whether it holds the sample county',
    },
  },
  run: async (context, { folder, county, sample }) => {
    const root = context.path(folder ?? '.');
    const config = { county: county ?? (sample ? sampleCountyName : basename(root)), language: context.language };
    const options = { mode: 'write', now: () => context.io.now() } as const;
    const workspace = await createWorkspace(root, config, options, async (fresh) => {
      await recordCreation(fresh, { ...fresh.config, sample });
      if (sample) await fillSampleCounty(fresh);
    });
    await workspace.close();
    return {
      data: { workspace: root, county: workspace.config.county, sample },
      render: (printer) => {
        printer.line(
          text({
            de: `Arbeitsbereich angelegt: ${root} (${workspace.config.county})`,
            en: `Workspace made: ${root} (${workspace.config.county})`,
          }),
          'good',
        );
        printer.line(
          sample
            ? text({ de: 'Weiter mit: scanlot status', en: 'Go on with: scanlot status' })
            : text({ de: 'Weiter mit: scanlot contract import FILE', en: 'Go on with: scanlot contract import FILE' }),
        );
      },
    };
  },
});
