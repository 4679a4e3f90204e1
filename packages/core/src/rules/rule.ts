import type { ProsodyVersion } from '../catalog/index.js';
import type { Configuration, FileSystem, Include, Opening, Setting, UnsetName } from '../evaluate/index.js';
import type { Document } from '../syntax/index.js';
import type { Finding, Fix, Severity } from './finding.js';

/** A rule: what it is called, how grave it is, and what it looks at. Its page, `rule.md`, stands beside it. */
export interface Rule {
  /** Kebab-case, and it reads well behind "allow". */
  readonly name: string;
  /** The usual severity; a finding may have another where the effect differs. */
  readonly severity: Severity;
  /** One line: what it reports. */
  readonly summary: string;
  /** Whether a finding comes with a fix; the tests hold this true. */
  readonly fixable: 'always' | 'sometimes' | 'never';
  /** Prosody file and line, RFC section or recorded behaviour that it rests on. */
  readonly source: string;
  /** The version of Prosodist that has it first. */
  readonly since: string;
  /**
   * Set where what the rule says of a section depends on that section and the global one alone, and what it says of the whole is what
   * it says of each. After an edit it is shown only the sections that changed; the tests hold it to that.
   */
  readonly reach?: 'section';
  readonly check: Visitors;
}

/** What a rule wants to see. The lint walks the configuration once and shows each thing to every rule that asks. */
export interface Visitors {
  readonly document?: (context: RuleContext, document: Document, file: string) => void;
  readonly setting?: (context: RuleContext, setting: Setting) => void;
  readonly opening?: (context: RuleContext, opening: Opening) => void;
  readonly include?: (context: RuleContext, include: Include) => void;
  readonly unsetName?: (context: RuleContext, unset: UnsetName) => void;
  /** Once, for what only the whole can tell. */
  readonly configuration?: (context: RuleContext) => void;
}

/** What a rule may look at, and where it reports. */
export interface RuleContext {
  readonly configuration: Configuration;
  readonly version: ProsodyVersion;
  /** The tree's files, for what stands beside the configuration. */
  readonly files: FileSystem;
  /** False for a lone file whose surroundings are not known: what the rest may decide must not be reported. */
  readonly complete: boolean;
  /** The entry is a main file in its place, so that what it includes has to be there; `complete` says that it is, too. */
  readonly placed: boolean;
  /** Files of `conf.avail` that no include reads, read alone. */
  readonly unlinked: readonly UnlinkedFile[];
  /** Reports a finding; the rule's name and usual severity are filled in. */
  readonly report: (finding: RuleFinding) => void;
}

export type RuleFinding = Omit<Finding, 'rule' | 'severity' | 'related' | 'fix'> &
  Partial<Pick<Finding, 'severity' | 'related'>> & {
    /** A fix that costs something to make is given as a function, and made when somebody asks for it. */
    readonly fix?: Fix | null | (() => Fix | null);
  };

/** A file that waits in `conf.avail`, and the folder of links in which it would be read. */
export interface UnlinkedFile {
  readonly file: string;
  readonly linkFolder: string;
  readonly configuration: Configuration;
}
