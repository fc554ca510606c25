import { text } from '../../../shared/language.ts';
import type { StoredDocument } from '../../adapter.ts';
import { DmsError } from '../../errors.ts';
import type { Patience } from '../../http/back-off.ts';
import type { ConnectionSettings } from '../../http/connection.ts';
import { settingsWrong } from '../../http/refusal.ts';
import { connect } from '../connection.ts';
import { createDmsService, readDefinition } from '../dms-service.ts';
import { damaged, digestOf } from '../read-object.ts';
import type { DropOutline } from './outline.ts';
import type { FileDropSettings } from './settings.ts';

/** Reads documents that the import has stored back by the DMS service. */
export interface Reader {
  /** @throws DmsError dms.object-damaged when a document is not there, dms.object-duplicate when it is there twice */
  read(name: string, outline: DropOutline, signal: AbortSignal | undefined): AsyncGenerator<StoredDocument, void>;
  close(): void;
}

export interface ReaderOptions {
  readonly settings: FileDropSettings & ConnectionSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly patience?: Patience;
}

export async function openReader(options: ReaderOptions): Promise<Reader> {
  const { documentKeyField, types } = options.settings;
  const type = types?.document;
  if (type === undefined) throw withoutType();
  const { session, gateway, http } = await connect(options, () => {});
  const definition = await readDefinition(session, gateway, undefined, undefined);
  const service = createDmsService(session, gateway, definition.types, false);
  return {
    async *read(name, { documents }, signal) {
      for (const one of documents) {
        const search = { type, field: documentKeyField, value: one.documentKey };
        const found = await service.find(search, [documentKeyField], signal);
        const [object] = found;
        if (!object) throw damaged(name, `„${one.name}“ fehlt`, `"${one.name}" is missing`);
        if (found.length > 1) throw twice(name, found.map(({ id }) => id).join(', '));
        yield { name: one.name, ...(await digestOf({ service }, object.id, signal)) };
      }
    },
    close: () => http.close(),
  };
}

function withoutType(): DmsError {
  return settingsWrong(
    text({
      de: 'Zum Rücklesen fehlt die Objekttyp-Id der Dokumente (types.document).',
      en: 'To read back, the object type id of the documents is missing (types.document).',
    }),
  );
}

function twice(name: string, ids: string): DmsError {
  return new DmsError(
    'dms.object-duplicate',
    text({
      de: `Ein Dokument der Akte „${name}“ ist in enaio mehrfach: ${ids}.`,
      en: `A document of file "${name}" is in enaio more than once: ${ids}.`,
    }),
  );
}
