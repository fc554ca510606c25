import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isBesides } from '../../delivery/profile/chain.ts';
import { type DeliveryProfile, type LoadedProfile, loadProfile } from '../../delivery/profile.ts';
import { UsageError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import { lotKey, type Mappings } from './mapper.ts';
import type { MappingDocument, VariantSource } from './mapping-document.ts';
import { readMapping } from './read-mapping.ts';
import { type LotProfile, lotProfiles } from './store.ts';

/** A lot's delivery profile as it holds for the lot. */
export interface UsedProfile extends LotProfile {
  readonly loaded: LoadedProfile;
}

/**
 * The mappings that the workspace's configuration and its delivery profiles name.
 * @throws UsageError when one of them cannot be read, or has mistakes
 */
export async function loadMappings(workspace: Workspace): Promise<Mappings> {
  const named = workspace.config.dms?.mapping;
  const own = typeof named === 'string' ? readMapping(resolve(workspace.paths.root, named)) : undefined;
  const ofLots = new Map<string, { readonly profile: string; readonly mapping: CompiledMapping }>();
  for (const used of await usedProfiles(workspace)) {
    const mapping = mappingOf(used, join(workspace.paths.profiles, used.profile), own);
    if (mapping) ofLots.set(lotKey(used.contract, used.lot), { profile: used.loaded.source.profile, mapping });
  }
  return { own, ofLots };
}

/** Delivery profiles of the lots, as far as they are there. */
export async function usedProfiles(workspace: Workspace): Promise<readonly UsedProfile[]> {
  const lots = await lotProfiles(workspace.db);
  return lots.flatMap((lot) => {
    const path = join(workspace.paths.profiles, lot.profile);
    return existsSync(path) ? [{ ...lot, loaded: loadProfile(path, { lot: lot.lot }) }] : [];
  });
}

function mappingOf({ loaded }: UsedProfile, path: string, own: CompiledMapping | undefined) {
  const { dms } = loaded.source;
  if (dms?.mapping !== undefined) {
    if (!isBesides(dms.mapping)) throw notBeside(path, dms.mapping);
    return readMapping(join(dirname(path), dms.mapping));
  }
  return dms?.objectType === undefined || !own ? undefined : withFileType(own, loaded, dms);
}

/** The workspace's mapping with the type and fields that a profile gives its files. */
function withFileType(
  own: CompiledMapping,
  { columns }: LoadedProfile,
  { objectType = '', fields = {} }: NonNullable<DeliveryProfile['dms']>,
): CompiledMapping {
  const used = columns.filter(({ field }) => Object.values(fields).includes(field));
  const { file } = own.source;
  const common = Array.isArray(file) ? {} : ((file as VariantSource).fields ?? {});
  const source: MappingDocument = {
    ...own.source,
    columns: { ...own.source.columns, ...Object.fromEntries(used.map(({ field, type }) => [field, type])) },
    file: {
      ...(Array.isArray(file) ? {} : (file as VariantSource)),
      type: objectType,
      fields: {
        ...common,
        ...Object.fromEntries(Object.entries(fields).map(([id, field]) => [id, `row.${field}`])),
      },
    },
  };
  const compiled = compileMapping(source);
  if ('file' in compiled) return compiled;
  throw new Error(compiled.map(({ words }) => words.en).join('; '));
}

function notBeside(path: string, mapping: string): UsageError {
  return new UsageError(
    'mapping.not-beside',
    text({
      de: `Das Lieferprofil ${path} nennt eine Zuordnung, die nicht neben ihm liegt: ${mapping}`,
      en: `The delivery profile ${path} names a mapping that does not lie beside it: ${mapping}`,
    }),
    text({ de: 'Die Datei in den Ordner des Profils legen.', en: 'Put the file into the folder of the profile.' }),
  );
}
