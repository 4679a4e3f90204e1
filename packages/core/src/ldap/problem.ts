/**
 * What is wrong with a text from an LDAP setting, and where.
 *
 * `start` and `end` are UTF-16 code units from 0, counted inside the string value that was given (not inside the file);
 * `end` is exclusive. `start === end` marks a place where something is missing. `message` is one sentence,
 * `help` says what to write instead.
 */
export interface LdapProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help: string;
}

/** A piece of a text with its place in it, `end` exclusive. */
export interface LdapSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Builds a problem: a shorthand that keeps the parsers readable. */
export function problem(message: string, start: number, end: number, help: string): LdapProblem {
  return { message, start, end, help };
}

/** Whether a parser step came back with a problem instead of its result. */
export function isProblem(step: object): step is LdapProblem {
  return 'help' in step;
}
