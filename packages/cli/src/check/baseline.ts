import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Finding } from '@prosodist/core';
import type { Io } from '../io.js';
import type { CheckedTree } from '../report.js';
import type { Secrets } from '../secrets.js';
import { CommandError } from '../status.js';
import { shownPath } from '../visible.js';
import { writeOutput } from './outputs.js';

/** A finding that was there when the baseline was written. Rule, file and message are for people; the fingerprint counts. */
export interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
  readonly fingerprint: string;
}

/** @throws CommandError when the file cannot be read or is none */
export function readBaseline({ cwd }: Io, name: string): BaselineEntry[] {
  const fail = (what: string): never => {
    throw new CommandError(`the baseline ${name} ${what}; \`prosodist check --baseline ${name} --write-baseline\` writes it`);
  };
  let text: string;
  try {
    text = readFileSync(resolve(cwd, name), 'utf8');
  } catch {
    return fail('cannot be read');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail('is not JSON');
  }
  const findings = typeof json === 'object' && json !== null && 'findings' in json ? json.findings : undefined;
  return Array.isArray(findings) && findings.every(isEntry) ? findings : fail('has not the form of one');
}

function isEntry(value: unknown): value is BaselineEntry {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && typeof value.fingerprint === 'string';
}

/** A tree without the findings that the baseline has, and the entries that were used for that. */
export function withoutKnown(
  tree: CheckedTree,
  entries: readonly BaselineEntry[],
): { readonly tree: CheckedTree; readonly used: ReadonlySet<string> } {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  const isKnown = (finding: Finding) => known.has(tree.fingerprints.get(finding)!);
  const hidden = tree.findings.filter(isKnown);
  return {
    tree: { ...tree, findings: tree.findings.filter(finding => !isKnown(finding)), known: hidden.length },
    used: new Set(hidden.map(finding => tree.fingerprints.get(finding)!)),
  };
}

/** The entries of what is found now. */
export function entriesOf(trees: readonly CheckedTree[], secrets: Secrets): BaselineEntry[] {
  return trees.flatMap(({ findings, fingerprints }) =>
    findings.map(finding => ({
      rule: finding.rule,
      file: shownPath(finding.at.file),
      message: secrets.hide(finding.message),
      fingerprint: fingerprints.get(finding)!,
    })),
  );
}

/** Writes a baseline: sorted, so that a change of it is small. */
export function writeBaseline({ cwd }: Io, name: string, entries: readonly BaselineEntry[]): void {
  const key = ({ file, rule, fingerprint }: BaselineEntry) => `${file}\0${rule}\0${fingerprint}`;
  const sorted = [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  writeOutput(resolve(cwd, name), name, `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`);
}
