import { text } from '../../shared/language.ts';
import type { DmsAdapter, NewObject } from '../adapter.ts';
import { settingsWrong } from '../http/refusal.ts';
import type { CompiledMapping } from './compile-mapping.ts';
import { type MappableObject, mapObject, requireMapped } from './map-object.ts';
import type { MappedObject } from './mapped-object.ts';

/** The mappings of a workspace: its own, and those of delivery profiles, which go before it. */
export interface Mappings {
  readonly own: CompiledMapping | undefined;
  /** By contract and lot, with the key of the profile that names the mapping. */
  readonly ofLots: ReadonlyMap<string, { readonly profile: string; readonly mapping: CompiledMapping }>;
}

/** The key of `Mappings.ofLots`. */
export function lotKey(contract: string, lot: string): string {
  return JSON.stringify([contract, lot]);
}

/** What decides on the mapping of a file. `profile`: the key of that by which it was delivered. */
interface Delivered {
  readonly contract: string;
  readonly lot: string;
  readonly profile: string;
}

/** The mapping for a file: that of the profile by which it was delivered, else the workspace's own. */
export function mappingOf({ own, ofLots }: Mappings, { contract, lot, profile }: Delivered) {
  const found = ofLots.get(lotKey(contract, lot));
  return found?.profile === profile ? found.mapping : own;
}

/** As `mappingOf`, of a file that is about to be stored. */
export function mappingFor(mappings: Mappings, { metadata }: MappableObject): CompiledMapping | undefined {
  const { contract, lot, profile } = metadata;
  const key = typeof profile === 'object' && profile !== null && 'key' in profile ? profile.key : undefined;
  return mappingOf(mappings, { contract: String(contract), lot: String(lot), profile: String(key) });
}

/**
 * An adapter that is given every file as the mapping describes it. The mappings are read when the first file is stored.
 * A file of which the mapping can make nothing is refused (`dms.value-refused`) before anything is sent.
 */
export function withMapping(adapter: DmsAdapter, load: () => Promise<Mappings>): DmsAdapter {
  let loaded: Promise<Mappings> | undefined;
  const mapped = async (object: NewObject): Promise<NewObject> => {
    loaded ??= load();
    const mapping = mappingFor(await loaded, object);
    if (!mapping) return object;
    const made = requireMapped(mapObject(mapping, object), object.key);
    if (hasExtensions(made) && adapter.capabilities.extensions !== true) throw extensionsRefused(adapter.name);
    return { ...object, mapped: made };
  };
  return {
    ...adapter,
    create: async (object, signal) => adapter.create(await mapped(object), signal),
    update: async (id, object, signal) => adapter.update(id, await mapped(object), signal),
  };
}

function hasExtensions({ access, ...file }: MappedObject): boolean {
  return access !== undefined || [file, ...file.folders, ...file.documents].some((one) => one.secondaryTypes?.length);
}

/** They would be lost without a word. */
function extensionsRefused(adapter: string) {
  return settingsWrong(
    text({
      de: `„secondaryTypes“ und „acl“ der Zuordnung gibt es nur mit CMIS, nicht mit „${adapter}“.`,
      en: `"secondaryTypes" and "acl" of the mapping are for CMIS only, not for "${adapter}".`,
    }),
  );
}
