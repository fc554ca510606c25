import { readFileSync } from 'node:fs';
import type { Language } from '../shared/language.ts';
import { packagePath } from '../shared/package.ts';
import { certainlyFits } from '../shared/plain-schema.ts';

/** The workspace's configuration file, schemas/workspace-1.schema.json. */
export interface WorkspaceConfig {
  readonly county: string;
  /** Who writes letters, and where answers go. */
  readonly sender?: Sender;
  readonly language?: Language;
  readonly invoices?: InvoiceRules;
  /** Where files are imported to; the schema holds it to the settings of its type. */
  readonly dms?: Readonly<Record<string, unknown>> & { readonly type: 'ocfl' | 'cmis' | 'enaio' | 'folder' };
  readonly import?: ImportRules;
  readonly planning?: Readonly<Record<string, unknown>>;
  readonly originals?: OriginalRules;
}

/** How the transfer note goes along with an import: docs/transfer-note.md. */
export type NoteForm = 'none' | 'file' | 'fields' | 'pdf';

/** When, how fast and with what files are imported. */
export interface ImportRules {
  readonly window?: { readonly from: string; readonly to: string };
  readonly parallel?: number;
  readonly objectsPerMinute?: number;
  readonly stopAtFailedShare?: number;
  readonly transferNote?: NoteForm;
}

/** When originals may be put forward for destruction: docs/originals.md. */
export interface OriginalRules {
  /** Days after the read-back; without it none may. */
  readonly holdDays?: number;
}

/** How invoices are taken. */
export interface InvoiceRules {
  /** BT-10, the county's Leitweg-ID: what invoices have to state. */
  readonly buyerReference?: string;
  /** Whether an invoice needs a second person to approve it. */
  readonly fourEyes?: boolean;
  /** Program and arguments that check the form of electronic invoices; "{file}" stands for the XML. */
  readonly validator?: readonly string[];
}

/** The sender of letters, as it stands in their head. */
export interface Sender {
  readonly office?: string;
  readonly street?: string;
  readonly postalCode?: string;
  readonly town?: string;
  readonly contact?: string;
  readonly phone?: string;
  readonly email?: string;
}

/**
 * Reads scanlot.json. A sound one is told without the schema validator, which every command would have to wait for.
 * @throws UsageError that lists every mistake with its place
 */
export async function readWorkspaceConfig(path: string): Promise<WorkspaceConfig> {
  const config = readSound(path);
  if (config) return config;
  const { readDocument } = await import('../shared/document.ts');
  return readDocument<WorkspaceConfig>(path, 'workspace-1');
}

function readSound(path: string): WorkspaceConfig | undefined {
  try {
    const source = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    const schema = JSON.parse(readFileSync(packagePath('schemas', 'workspace-1.schema.json'), 'utf8'));
    const config = JSON.parse(source);
    return certainlyFits(config, schema) ? config : undefined;
  } catch {
    // Unreadable or malformed: the full reader tells what is wrong, and where.
    return undefined;
  }
}
