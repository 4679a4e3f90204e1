import type { Configuration } from '../../evaluate/index.js';

const known = new WeakMap<Configuration, boolean>();

/** Whether every Include was followed: of one whose path a placeholder or the environment decides, nobody knows what it brings. */
export function includesAreKnown(configuration: Configuration): boolean {
  const found = known.get(configuration) ?? areFollowed(configuration);
  known.set(configuration, found);
  return found;
}

function areFollowed({ documents, includes }: Configuration): boolean {
  for (const [file, { text, comments }] of documents) {
    for (const match of text.matchAll(/^([ \t]*)[Ii]nclude\b/gm)) {
      const start = match.index + match[1]!.length;
      if (comments.some(comment => comment.start <= start && start < comment.end)) continue;
      const isRun = includes.some(({ origin }) => origin.file === file && origin.start <= start && start < origin.end);
      if (!isRun) return false;
    }
  }
  return true;
}
