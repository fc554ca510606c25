import type { FieldType } from '../../delivery/field-types.ts';
import type { NoteForm } from '../../storage/workspace-config.ts';

type Plain = string | number | boolean;

/** A mapping as it is written: schemas/dms-mapping-1.schema.json says what each part means. */
export interface MappingDocument {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  /** Field of manifest.columns → its type. */
  readonly columns?: Readonly<Record<string, FieldType>>;
  readonly folders?: readonly FolderSource[];
  readonly file: VariantSource | readonly VariantSource[];
  readonly document: VariantSource | readonly VariantSource[];
  readonly permissions?: {
    readonly class: ValueSource;
    readonly field?: string;
    readonly classes?: readonly string[];
    /** Class → what the system's access control list gives and takes. */
    readonly acl?: Readonly<Record<string, AccessSource>>;
  };
  /** How the transfer note goes along, where it is not as `import.transferNote` of the workspace says. */
  readonly transferNote?: NoteForm;
  /** What `dms test` stores where the mapping needs values. */
  readonly test?: {
    readonly file?: Readonly<Record<string, string | number>>;
    readonly row?: Readonly<Record<string, string>>;
  };
}

/** Principal (user, group, role) → permissions by the system's names. */
export interface AccessSource {
  readonly grant?: Readonly<Record<string, readonly string[]>>;
  readonly withdraw?: Readonly<Record<string, readonly string[]>>;
}

/** An expression, or what is said of one. */
export type ValueSource =
  | string
  | {
      readonly constant?: Plain;
      readonly value?: string;
      readonly codes?: Readonly<Record<string, string>>;
      readonly otherwise?: string;
      readonly default?: Plain;
      readonly shorten?: number;
    };

export interface FolderSource {
  readonly type: string;
  readonly secondaryTypes?: readonly string[];
  readonly key?: ValueSource;
  readonly keyField?: string;
  readonly name: ValueSource;
  readonly fields?: Readonly<Record<string, ValueSource>>;
}

export interface VariantSource {
  readonly when?: string;
  readonly type: string;
  readonly secondaryTypes?: readonly string[];
  readonly name?: ValueSource;
  readonly fields?: Readonly<Record<string, ValueSource>>;
}

/** One variant and several are written differently, and mean the same. */
export function variantsOf(source: VariantSource | readonly VariantSource[]): readonly VariantSource[] {
  return Array.isArray(source) ? source : [source as VariantSource];
}
