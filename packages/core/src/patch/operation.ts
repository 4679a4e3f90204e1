import type { Configuration, FileSystem, LoadOptions, Origin } from '../evaluate/index.js';
import type { Changes } from './change.js';
import type { LuaLiteral } from './literal.js';

/** Where an operation works: Prosody's own sections, by name. */
export type PatchScope = 'global' | { readonly host: string } | { readonly component: string };

/** Where something new goes; without it, where a person would put it. A neighbour that is not there counts as none. */
export type Placement = 'start' | 'end' | { readonly after: string } | { readonly before: string };

/** Takes a thing away, or leaves it there as a comment. */
export type RemovalMode = 'delete' | 'comment';

/** Values by the names of options. */
export type OptionValues = Readonly<Record<string, LuaLiteral>>;

interface OfOption {
  readonly scope: PatchScope;
  readonly name: string;
}

/** `file`: where the option goes when it is not set yet; a path relative to the entry file's folder, or absolute. */
interface Adding {
  readonly file?: string;
}

export interface SetOperation extends OfOption, Adding {
  readonly op: 'set';
  readonly value: LuaLiteral;
  /** `false`: only where the option is set; `"only"`: only where it is not. Otherwise both. */
  readonly create?: boolean | 'only';
  /** Next to which option a new line goes. */
  readonly where?: Placement;
  /** Use a commented `--name = …` of the section instead of a new line. */
  readonly reuseDisabled?: boolean;
}

export interface UnsetOperation extends OfOption {
  readonly op: 'unset';
  readonly mode?: RemovalMode;
}

export interface ListAddOperation extends OfOption, Adding {
  readonly op: 'list.add';
  readonly items: readonly LuaLiteral[];
  readonly where?: Placement;
  /** Use a commented `--"item";` of the list instead of a new entry. */
  readonly reuseDisabled?: boolean;
  /** A remark behind each new entry. */
  readonly comment?: string;
}

export interface ListRemoveOperation extends OfOption {
  readonly op: 'list.remove';
  readonly items: readonly LuaLiteral[];
  readonly mode?: RemovalMode;
  /** Take the option away with its last entry. */
  readonly dropEmpty?: boolean;
}

/** The list has these items, and no others. Those that are there already stay where they are, with their comments. */
export interface ListSetOperation extends OfOption, Adding {
  readonly op: 'list.set';
  readonly items: readonly LuaLiteral[];
}

/** The way into a table: the option, then keys and positions (from 1). */
export type TablePath = readonly (string | number)[];

export interface TableSetOperation extends Adding {
  readonly op: 'table.set';
  readonly scope: PatchScope;
  readonly path: TablePath;
  readonly value: LuaLiteral;
}

export interface TableUnsetOperation {
  readonly op: 'table.unset';
  readonly scope: PatchScope;
  readonly path: TablePath;
}

/** In every row of a table of tables that has the values of `where`: sets those of `set`. */
export interface TableMatchOperation {
  readonly op: 'table.match';
  readonly scope: PatchScope;
  readonly path: TablePath;
  readonly where: OptionValues;
  readonly set: OptionValues;
}

interface Ensuring {
  readonly host: string;
  /** Options of the section; those that it has already stay as they are. */
  readonly options?: OptionValues;
  /** The section behind which a new one goes. */
  readonly after?: string;
  readonly file?: string;
}

export interface EnsureHostOperation extends Ensuring {
  readonly op: 'ensure.host';
}

export interface EnsureComponentOperation extends Ensuring {
  readonly op: 'ensure.component';
  readonly module?: string;
}

/** `refs`: also take away the options and list entries that are this name. Otherwise they are told. */
export interface RemoveHostOperation {
  readonly op: 'remove.host';
  readonly host: string;
  readonly refs?: boolean;
}

/** `refs`: also what refers to it: hosts below it, addresses, certificates, and the file that is named after it. */
export interface RenameHostOperation {
  readonly op: 'rename.host';
  readonly host: string;
  readonly to: string;
  readonly refs?: boolean;
}

export interface ComponentModuleOperation {
  readonly op: 'component.module';
  readonly host: string;
  readonly module: string;
}

export interface EnsureIncludeOperation {
  readonly op: 'ensure.include';
  readonly pattern: string;
  readonly file?: string;
}

/** `name`: of a file of `conf.avail`, with its ending. */
export interface FileLinkOperation {
  readonly op: 'enable.file' | 'disable.file';
  readonly name: string;
}

/** Makes comment lines of the statement that sets an option, or of these comment lines the statement again. */
export interface CommentOperation extends OfOption {
  readonly op: 'comment' | 'uncomment';
}

export interface EnsureFileOperation {
  readonly op: 'ensure.file';
  readonly file: string;
  readonly text: string;
  readonly secret?: boolean;
}

export interface AddLdap2Operation {
  readonly op: 'add.ldap2';
  readonly host?: string;
}

/** `host`: this one only; all that use ldap2 unless given. */
export interface MigrateLdapOperation {
  readonly op: 'migrate.ldap';
  readonly host?: string;
}

/** What the patcher can be asked. Each has its file in `operations/`. */
export type Operation =
  | SetOperation
  | UnsetOperation
  | ListAddOperation
  | ListRemoveOperation
  | ListSetOperation
  | TableSetOperation
  | TableUnsetOperation
  | TableMatchOperation
  | EnsureHostOperation
  | EnsureComponentOperation
  | RemoveHostOperation
  | RenameHostOperation
  | ComponentModuleOperation
  | EnsureIncludeOperation
  | FileLinkOperation
  | CommentOperation
  | EnsureFileOperation
  | AddLdap2Operation
  | MigrateLdapOperation;

/** Why nothing was done. */
export type RefusalCode =
  | 'dynamic'
  | 'computed-value'
  | 'ambiguous'
  | 'ambiguous-file'
  | 'parse-error'
  | 'wrong-kind'
  | 'not-found'
  | 'scope-conflict'
  | 'placeholder'
  | 'exists'
  | 'protected';

/** What became of an operation. A refusal is an answer, not an exception, and then nothing at all is written. */
export interface Outcome {
  readonly status: 'changed' | 'already' | 'refused';
  readonly code?: RefusalCode;
  /** One sentence: what was done, or why it was not. */
  readonly why: string;
  /** The places that it is about. */
  readonly at: readonly Origin[];
}

export interface Step extends Outcome {
  readonly changes: Changes;
}

/** The tree as the operations before have left it. */
export interface PatchContext {
  readonly files: FileSystem;
  readonly configuration: Configuration;
  readonly options: LoadOptions;
}
