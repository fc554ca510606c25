import type { FieldType } from '../../delivery/field-types.ts';
import type { RefusedValue } from '../../dms/mapping/check-batch.ts';
import type { CompiledMapping } from '../../dms/mapping/compile-mapping.ts';
import type { UsedProfile } from '../../dms/mapping/load-mappings.ts';
import type { MappableObject } from '../../dms/mapping/map-object.ts';
import type { Mappings } from '../../dms/mapping/mapper.ts';
import type { MappingFault } from '../../dms/mapping/mapping-fault.ts';
import type { ShortForm } from '../../dms/mapping/short-form.ts';
import type { DmsSchema } from '../../dms/schema/dms-schema.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import { defineCommand, type WorkspaceContext } from '../command.ts';
import { readSchema } from '../dms-schema-source.ts';
import { reservedFields, shortFormOf } from '../document-store.ts';
import { value } from '../options.ts';
import type { Printer } from '../printer.ts';

/** Beyond, a list is longer than anyone reads on a terminal; --json has all. */
const mostLines = 40;

interface NamedFault extends MappingFault {
  /** Whose mapping: its file, "scanlot.json" for a short form, or the profile. */
  readonly mapping: string;
}

export default defineCommand({
  name: 'dms mapping check',
  summary: text({
    de: 'prüfen, ob Zuordnung, DMS und Akten zusammenpassen, bevor etwas gesendet wird',
    en: 'check that mapping, DMS and files fit together before anything is sent',
  }),
  details: text({
    de: 'Vergleicht die Zuordnung (oder ihre Kurzform in scanlot.json) mit den Objekttypen des DMS (oder der Datei von --schema) und mit den Lieferprofilen: Typen, Felder, Pflichtangaben, Längen, Kataloge, Datumsform. Dann wird jede abgenommene Akte durchgerechnet; jeder Wert, den das DMS ablehnen würde, wird mit Aktenzeichen, Feld und Grund genannt. Sendet nichts. Endet mit 0, wenn alles passt, sonst mit 1.',
    en: 'Compares the mapping (or its short form in scanlot.json) with the object types of the DMS (or the file of --schema) and with the delivery profiles: types, fields, mandatory values, lengths, catalogues, forms of dates. Then every accepted file is worked out; each value that the DMS would refuse is named with file reference, field and reason. Sends nothing. Ends with 0 when all fits, otherwise with 1.',
  }),
  examples: ['scanlot dms mapping check', 'scanlot dms mapping check --batch B-2021-001 --schema dms-schema.json'],
  workspace: 'read',
  options: {
    batch: value('BATCH', text({ de: 'nur Akten dieser Charge', en: 'files of this batch only' })),
    schema: value(
      'FILE',
      text({
        de: 'Objekttypen aus dieser Datei statt aus dem DMS',
        en: 'object types from this file, not from the DMS',
      }),
    ),
  },
  output: {
    schema: 'dms-mapping-check-1',
    members: {
      fits: 'whether nothing is wrong',
      faults: 'what is wrong with the mapping: mapping, code, severity, place, message',
      files: 'accepted files that were worked out',
      refusedFiles: 'how many of them the DMS would refuse',
      refused: 'each value that would be refused: reference, volume, batch, document, field, value, reason',
    },
  },
  run: async (context, { batch, schema: file }) => {
    const { loadMappings, usedProfiles } = await import('../../dms/mapping/load-mappings.ts');
    const { checkBatch } = await import('../../dms/mapping/check-batch.ts');
    const { mapped } = await import('../../dms/mapping/short-form.ts');
    if (batch !== undefined) await requireKnownBatch(context, batch);
    const mappings = await loadMappings(context.workspace);
    const shortForm = mappings.own ? undefined : shortFormOf(context.workspace.config.dms);
    if (!shortForm) requireMapping(mappings);
    const schema = await readSchema(context, file);
    const profiles = await usedProfiles(context.workspace);
    const faults = [
      ...(await faultsOf(context, mappings, profiles, schema)),
      ...(shortForm ? await shortFormFaults(context, shortForm, profiles, schema) : []),
      ...(mappings.own ? [] : notUsed(profiles)),
    ];
    const check = {
      map: (object: MappableObject) => mapped(mappings, shortForm, object),
      schema,
      reserved: reservedFields(context.workspace.config.dms),
    };
    const refused: RefusedValue[] = [];
    let [files, refusedFiles] = [0, 0];
    for await (const checked of checkBatch(context.workspace, check, batch)) {
      context.signal.throwIfAborted();
      files += 1;
      refusedFiles += checked.refused.length > 0 ? 1 : 0;
      refused.push(...checked.refused);
    }
    const fits = refused.length === 0 && faults.every(({ severity }) => severity !== 'error');
    return {
      exitCode: fits ? 0 : 1,
      data: {
        fits,
        faults: faults.map(({ words, ...fault }) => ({ ...fault, message: words[context.language] })),
        files,
        refusedFiles,
        refused: refused.map(({ reason, ...one }) => ({ ...one, reason: reason[context.language] })),
      },
      render: (printer) => {
        for (const fault of faults) printFault(printer, fault);
        printRefused(printer, refused);
        printer.line(
          text({
            de: (f) =>
              `${f.number(faults.length)} Fehler der Zuordnung; ${f.number(refusedFiles)} von ${f.number(files)} abgenommenen Akten würden abgelehnt.`,
            en: (f) =>
              `${f.counted(faults.length, 'mistake', 'mistakes')} of the mapping; ${f.number(refusedFiles)} of ${f.number(files)} accepted files would be refused.`,
          }),
          fits ? 'good' : 'bad',
        );
      },
    };
  },
});

async function requireKnownBatch({ workspace }: WorkspaceContext, batch: string): Promise<void> {
  const { requireBatch } = await import('../../custody/store.ts');
  await requireBatch(workspace.db, batch);
}

function requireMapping({ own, ofLots }: Mappings): void {
  if (own || ofLots.size > 0) return;
  throw new UsageError(
    'mapping.none',
    text({ de: 'Es ist keine Zuordnung eingerichtet.', en: 'No mapping is set up.' }),
    text({
      de: 'In scanlot.json unter „dms“ mit „mapping“ eine Datei nennen (docs/dms/mapping.md).',
      en: 'Name a file as "mapping" under "dms" in scanlot.json (docs/dms/mapping.md).',
    }),
  );
}

/** Every mapping against the schema, and against the profiles whose files it is for. */
async function faultsOf(
  { workspace }: WorkspaceContext,
  { own, ofLots }: Mappings,
  profiles: readonly UsedProfile[],
  schema: DmsSchema | undefined,
): Promise<NamedFault[]> {
  const { checkColumns } = await import('../../dms/mapping/check-columns.ts');
  const { checkMapping } = await import('../../dms/mapping/check-mapping.ts');
  const { lotKey } = await import('../../dms/mapping/mapper.ts');
  const reserved = reservedFields(workspace.config.dms);
  const used = new Map<CompiledMapping, { readonly name: string; readonly profiles: UsedProfile[] }>();
  if (own) used.set(own, { name: String(workspace.config.dms?.mapping), profiles: [] });
  for (const profile of profiles) {
    const mapping = ofLots.get(lotKey(profile.contract, profile.lot))?.mapping ?? own;
    if (!mapping) continue;
    const known = used.get(mapping) ?? { name: profile.profile, profiles: [] };
    known.profiles.push(profile);
    used.set(mapping, known);
  }
  return [...used].flatMap(([mapping, { name, profiles: own }]) => {
    const faults = [
      ...(schema ? checkMapping(mapping, schema, { reserved }) : []),
      ...distinct(own).flatMap((one) => checkColumns(mapping, one)),
    ];
    return faults.map((fault) => ({ mapping: name, ...fault }));
  });
}

/** The settings themselves, where no mapping takes their place. */
async function shortFormFaults(
  { workspace }: WorkspaceContext,
  form: ShortForm,
  profiles: readonly UsedProfile[],
  schema: DmsSchema | undefined,
): Promise<NamedFault[]> {
  const { checkPaths, checkShortForm } = await import('../../dms/mapping/short-form.ts');
  const columns = distinct(profiles).flatMap((profile) => Object.keys(profile.columns));
  const reserved = reservedFields(workspace.config.dms);
  const faults = schema ? checkShortForm(form, schema, { reserved, columns }) : checkPaths(form, columns);
  return faults.map((fault) => ({ mapping: 'scanlot.json', ...fault }));
}

/** Types and fields that profiles add to a mapping which is not there. */
function notUsed(profiles: readonly UsedProfile[]): NamedFault[] {
  const adding = profiles.filter(({ loaded: { source } }) => source.dms?.objectType !== undefined);
  return [...new Map(adding.map(({ loaded, profile }) => [loaded.hash, profile])).values()].map((mapping) => ({
    mapping,
    code: 'not-used',
    severity: 'error',
    place: 'dms.objectType',
    words: text({
      de: 'gilt nur zusammen mit einer Zuordnung in scanlot.json („mapping“); es gibt dort keine',
      en: 'holds only together with a mapping in scanlot.json ("mapping"); there is none',
    }),
  }));
}

/** Lots share profiles. */
function distinct(profiles: readonly UsedProfile[]) {
  const byHash = new Map(profiles.map(({ loaded }) => [loaded.hash, loaded]));
  return [...byHash.values()].map(({ source, columns }) => ({
    name: source.profile,
    columns: Object.fromEntries(columns.map(({ field, type }): [string, FieldType] => [field, type])),
  }));
}

function printFault(printer: Printer, { mapping, place, words, severity }: NamedFault): void {
  const tone = severity === 'error' ? 'bad' : 'warn';
  const word = severity === 'error' ? text({ de: 'Fehler', en: 'error' }) : text({ de: 'Hinweis', en: 'warning' });
  printer.line(`${word[printer.language]}  ${mapping}, ${place}: ${words[printer.language]}`, tone);
}

function printRefused(printer: Printer, refused: readonly RefusedValue[]): void {
  if (refused.length === 0) return;
  printer.heading(text({ de: 'Würde abgelehnt', en: 'Would be refused' }));
  printer.table(refused.slice(0, mostLines), [
    { title: text({ de: 'Akte', en: 'file' }), value: ({ reference, volume }) => `${reference} ${volume}`.trim() },
    { title: text({ de: 'Dokument', en: 'document' }), value: ({ document }) => document ?? '', shrinks: true },
    { title: text({ de: 'Feld', en: 'field' }), value: ({ field }) => field },
    { title: text({ de: 'Wert', en: 'value' }), value: (row) => row.value, shrinks: true },
    { title: text({ de: 'Grund', en: 'reason' }), value: ({ reason }) => reason[printer.language], shrinks: true },
  ]);
  const more = refused.length - mostLines;
  if (more > 0) {
    printer.line(
      text({ de: (f) => `… und ${f.number(more)} weitere`, en: (f) => `… and ${f.number(more)} more` }),
      'quiet',
    );
  }
}
