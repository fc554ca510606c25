import { type Expression, ExpressionMistake, type Language } from '../../delivery/profile/expression.ts';
import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import { compileAccess } from './compile-access.ts';
import type { MappedAccess } from './mapped-object.ts';
import {
  type FolderSource,
  type MappingDocument,
  type ValueSource,
  type VariantSource,
  variantsOf,
} from './mapping-document.ts';
import { createScopes, type Scopes } from './scope.ts';
import { type CompiledValue, compileValue } from './value.ts';

/** A mistake in a mapping: the keys that lead to it, and what is wrong there. */
export interface MappingMistake {
  readonly steps: readonly (string | number)[];
  readonly words: Text;
  /** Characters into the text at that place. */
  readonly offset?: number;
}

export interface CompiledField {
  readonly id: string;
  /** Where it is written: "file.fields.Betreff". */
  readonly place: string;
  readonly value: CompiledValue;
}

export interface CompiledFolder {
  readonly place: string;
  readonly type: string;
  readonly secondaryTypes: readonly string[];
  readonly keyField: string | undefined;
  readonly key: CompiledValue;
  readonly name: CompiledValue;
  readonly fields: readonly CompiledField[];
}

export interface CompiledVariant {
  readonly place: string;
  readonly when: Expression | undefined;
  readonly type: string;
  readonly secondaryTypes: readonly string[];
  /** Undefined: our key for a file, the vendor's name for a document. */
  readonly name: CompiledValue | undefined;
  readonly fields: readonly CompiledField[];
}

/** A mapping fit for use: every expression typed. */
export interface CompiledMapping {
  readonly source: MappingDocument;
  readonly scopes: Scopes;
  readonly folders: readonly CompiledFolder[];
  readonly file: readonly CompiledVariant[];
  readonly document: readonly CompiledVariant[];
  readonly permissions:
    | {
        readonly class: CompiledValue;
        readonly field: string | undefined;
        /** The only classes there are. */
        readonly classes: readonly string[] | undefined;
        /** By class. */
        readonly access: ReadonlyMap<string, MappedAccess>;
      }
    | undefined;
}

/** Compiles a mapping that fits its schema. @returns every mistake with its place where there is one */
export function compileMapping(source: MappingDocument): CompiledMapping | readonly MappingMistake[] {
  const scopes = createScopes(source.columns ?? {});
  const mistakes: MappingMistake[] = [];
  const files: Compiler = { language: scopes.fileLanguage, steps: [], mistakes };
  const documents: Compiler = { language: scopes.documentLanguage, steps: [], mistakes };
  for (const column of Object.keys(source.columns ?? {})) {
    if (column in Object.prototype) tell(below(files, 'columns', column), unfitName);
  }
  const compiled: CompiledMapping = {
    source,
    scopes,
    folders: (source.folders ?? []).map((folder, at) => compileFolder(folder, below(files, 'folders', at))),
    file: compileVariants(source.file, below(files, 'file')),
    document: compileVariants(source.document, below(documents, 'document')),
    permissions: source.permissions && compilePermissions(source.permissions, below(files, 'permissions')),
  };
  return mistakes.length > 0 ? mistakes : compiled;
}

/** Expressions take such names for what every object of their language has. */
const unfitName = text({
  de: 'so darf kein Feld heißen, von dem Ausdrücke sprechen: im Lieferprofil unter „columns.fields“ umbenennen',
  en: 'expressions cannot speak of a field of this name: rename it under "columns.fields" in the delivery profile',
});

interface Compiler {
  readonly language: Language;
  readonly steps: readonly (string | number)[];
  readonly mistakes: MappingMistake[];
}

/** Types of which names and keys can be made. */
const words = ['string', 'int'];

function below(compiler: Compiler, ...steps: readonly (string | number)[]): Compiler {
  return { ...compiler, steps: [...compiler.steps, ...steps] };
}

function compilePermissions(
  { class: name, field, classes, acl }: NonNullable<MappingDocument['permissions']>,
  compiler: Compiler,
): CompiledMapping['permissions'] {
  const unlisted = Object.keys(acl ?? {}).find((one) => classes && !classes.includes(one));
  if (unlisted !== undefined) {
    tell(below(compiler, 'acl', unlisted), text({ de: 'steht nicht unter „classes“', en: 'is not among "classes"' }));
  }
  return {
    class: compiledValue(name, below(compiler, 'class'), words),
    field,
    classes: classes ?? (acl && Object.keys(acl)),
    access: compileAccess(acl ? { ...Object.fromEntries((classes ?? []).map((one) => [one, {}])), ...acl } : {}),
  };
}

function compileFolder(
  { type, secondaryTypes = [], keyField, key, name, fields }: FolderSource,
  compiler: Compiler,
): CompiledFolder {
  const compiledName = compiledValue(name, below(compiler, 'name'), words);
  return {
    place: compiler.steps.join('.'),
    type,
    secondaryTypes,
    keyField,
    key: key === undefined ? compiledName : compiledValue(key, below(compiler, 'key'), words),
    name: compiledName,
    fields: compileFields(fields, below(compiler, 'fields')),
  };
}

function compileVariants(source: VariantSource | readonly VariantSource[], compiler: Compiler): CompiledVariant[] {
  const variants = variantsOf(source);
  return variants.map((variant, at) => {
    const here = Array.isArray(source) ? below(compiler, at) : compiler;
    const { when, type, secondaryTypes = [], name, fields } = variant;
    if (when === undefined && at < variants.length - 1) {
      tell(
        below(here, 'when'),
        text({
          de: 'nur die letzte Variante darf ohne „when“ sein: die weiteren kämen nie an die Reihe',
          en: 'only the last variant may be without "when": the others would never be reached',
        }),
      );
    }
    return {
      place: here.steps.join('.'),
      when: when === undefined ? undefined : attempt(below(here, 'when'), () => here.language.compile(when, ['bool'])),
      type,
      secondaryTypes,
      name: name === undefined ? undefined : compiledValue(name, below(here, 'name'), words),
      fields: compileFields(fields, below(here, 'fields')),
    };
  });
}

function compileFields(fields: Readonly<Record<string, ValueSource>> = {}, compiler: Compiler): CompiledField[] {
  return Object.entries(fields).map(([id, source]) => ({
    id,
    place: [...compiler.steps, id].join('.'),
    value: compiledValue(source, below(compiler, id)),
  }));
}

/** Stands for a value that is a mistake: the mapping is never used. */
const none: CompiledValue = {
  type: 'text',
  several: false,
  possible: undefined,
  constant: false,
  read: () => ({ values: [] }),
};

function compiledValue(source: ValueSource, compiler: Compiler, types?: readonly string[]): CompiledValue {
  if (typeof source === 'string')
    return attempt(compiler, () => compileValue(source, compiler.language, types)) ?? none;
  const hasConstant = source.constant !== undefined;
  if (hasConstant === (source.value !== undefined)) {
    tell(
      compiler,
      text({
        de: 'genau eines ist nötig: „value“ oder „constant“',
        en: 'exactly one is needed: "value" or "constant"',
      }),
    );
    return none;
  }
  if (hasConstant && Object.keys(source).length > 1) {
    tell(compiler, text({ de: 'zu „constant“ gehört keine weitere Angabe', en: 'nothing else goes with "constant"' }));
  }
  if (source.otherwise !== undefined && !source.codes) {
    tell(compiler, text({ de: '„otherwise“ braucht „codes“', en: '"otherwise" needs "codes"' }));
  }
  const at = hasConstant ? compiler : below(compiler, 'value');
  return attempt(at, () => compileValue(source, compiler.language, types)) ?? none;
}

function attempt<Result>(compiler: Compiler, action: () => Result): Result | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    tell(compiler, withSuggestion(error.words, compiler.language), error.offset);
    return undefined;
  }
}

function tell({ mistakes, steps }: Compiler, told: Text, offset?: number): void {
  mistakes.push({ steps, words: told, ...(offset === undefined ? {} : { offset }) });
}

/** "No such key: titel": did you mean "title"? */
function withSuggestion(told: Text, { variables }: Language): Text {
  const unknown = /^(?:No such key|Unknown variable): (\w+)$/.exec(told.en)?.[1];
  if (unknown === undefined) return told;
  const known = Object.entries(variables).flatMap(([name, type]) => [
    name,
    ...(typeof type === 'string' ? [] : Object.keys(type)),
  ]);
  const near = nearest(unknown, known);
  return text({
    de: `„${unknown}“ gibt es hier nicht${near ? `; gemeint „${near}“?` : ''} (Spalten stehen unter „columns“)`,
    en: `there is no "${unknown}" here${near ? `; did you mean "${near}"?` : ''} (columns are declared under "columns")`,
  });
}
