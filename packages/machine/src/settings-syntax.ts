import type { JsonNode } from '@prosodist/core';
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import picomatch from 'picomatch';

// The two libraries that a prosodist.json needs, behind functions: most machines have no such file, and the command line loads them
// when there is one.

/**
 * Reads JSON as VS Code reads its settings: comments and trailing commas are allowed.
 * @returns what is not JSON, each with its offset in the text; none where all is read
 */
export function readJson(text: string): {
  readonly root: JsonNode | undefined;
  readonly problems: readonly { readonly offset: number; readonly message: string }[];
} {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true });
  const problems = errors.map(({ offset, error }) => ({
    offset,
    message: `this is not JSON: ${words(printParseErrorCode(error))}`,
  }));
  return { root, problems };
}

/** Whether a path is meant by one of these globs (picomatch's, names with a dot in front too). */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  return picomatch([...globs], { dot: true });
}

/** `CommaExpected` → "comma expected" */
function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase();
}
