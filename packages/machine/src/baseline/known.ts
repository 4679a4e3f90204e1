import { type FileSystem, type Finding, type LintResult, Secrets } from '@prosodist/core';
import type { BaselineEntry } from './file.js';
import { fingerprintsOf } from './fingerprint.js';

/** What reads a tree's files: first what was parsed, then the disk below. */
export function texts(files: FileSystem, { configuration, unlinked }: LintResult): (file: string) => string | undefined {
  return file => {
    for (const { documents } of [configuration, ...unlinked.map(waiting => waiting.configuration)]) {
      const document = documents.get(file);
      if (document) return document.text;
    }
    const read = files.readFile(file);
    return read.ok ? read.text : undefined;
  };
}

/**
 * The fingerprint of every finding of a tree, also of those that comments hide: numbered in the whole tree, so that a part and
 * the whole agree.
 * @param hidden what knows the secrets of the tree, and hides them
 */
export function treeFingerprints(files: FileSystem, result: LintResult, hidden: Secrets): Map<Finding, string> {
  const all = [...result.findings, ...result.suppressed.map(({ finding }) => finding)];
  return fingerprintsOf(all, texts(files, result), hidden);
}

/** The findings of a tree that a baseline has already. */
export function knownFindings(
  files: FileSystem,
  result: LintResult,
  entries: readonly Pick<BaselineEntry, 'fingerprint'>[],
): ReadonlySet<Finding> {
  // learning the secrets takes a moment
  if (entries.length === 0 || result.findings.length === 0) return new Set();
  const hidden = new Secrets(false);
  for (const { configuration } of [result, ...result.unlinked]) hidden.learn(configuration);
  const fingerprints = treeFingerprints(files, result, hidden);
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  return new Set(result.findings.filter(finding => known.has(fingerprints.get(finding)!)));
}
