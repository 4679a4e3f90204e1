import type { FileSystem } from '@prosodist/core';

/** A finding that was there when the baseline was written. Rule, file and message are for people; the fingerprint counts. */
export interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
  readonly fingerprint: string;
}

export type BaselineResult =
  | { readonly ok: true; readonly entries: readonly BaselineEntry[] }
  /** What is wrong with the file, behind its name: "is not JSON". */
  | { readonly ok: false; readonly problem: string };

/** Reads the findings that a baseline knows. @param path absolute */
export function readBaseline(files: FileSystem, path: string): BaselineResult {
  const read = files.readFile(path);
  if (!read.ok) return { ok: false, problem: 'cannot be read' };
  let json: unknown;
  try {
    json = JSON.parse(read.text);
  } catch {
    return { ok: false, problem: 'is not JSON' };
  }
  const findings = typeof json === 'object' && json !== null && 'findings' in json ? json.findings : undefined;
  if (Array.isArray(findings) && findings.every(isEntry)) return { ok: true, entries: findings };
  return { ok: false, problem: 'has not the form of one' };
}

/** The text of a baseline: sorted, so that a change of it is small. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const key = ({ file, rule, fingerprint }: BaselineEntry) => `${file}\0${rule}\0${fingerprint}`;
  const sorted = [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`;
}

function isEntry(value: unknown): value is BaselineEntry {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && typeof value.fingerprint === 'string';
}
