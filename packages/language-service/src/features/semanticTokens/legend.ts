/** The kinds of tokens, in the order of the legend: the protocol's own names, so that every theme has a colour for them. */
export const TOKEN_TYPES = [
  /** A virtual host, where it is opened and where it is named. */
  'class',
  /** A component, likewise. */
  'interface',
  /** An option, or a key of a table. */
  'property',
  /** A module or provider. */
  'namespace',
  /** One of the values that an option may have. */
  'enumMember',
  /** A local variable. */
  'variable',
  'parameter',
  'function',
  /** `VirtualHost`, `Component`, `Include` and their kin. */
  'macro',
  /** An attribute in a DN or an LDAP filter. */
  'type',
  /** `&`, `|`, `!`, `=`, `>=`, … of a filter, `=`, `,`, `+` of a DN. */
  'operator',
  /** A value in a DN or an LDAP filter. */
  'string',
] as const;

/** The modifiers, in the order of the legend. `unknown` is our own. */
export const TOKEN_MODIFIERS = [
  /** Where a host, component or local comes to be. */
  'declaration',
  /** Prosody calls the option deprecated or obsolete. */
  'deprecated',
  /** 13.0's append, which changes a value that is there. */
  'modification',
  /** Nothing that is known reads the option, or has the module. */
  'unknown',
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** A token; offsets into the file. */
export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}
