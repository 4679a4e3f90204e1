import { maskRanges, type NewLink, type PlannedFile, type Secrets } from '@prosodist/core';
import { structuredPatch } from 'diff';
import type { Colours } from './colour.js';

export interface Diff {
  readonly text: string;
  /** Whether a secret was masked, so that the diff cannot be applied. */
  readonly masked: boolean;
}

const NO_NEWLINE = '\\ No newline at end of file';

/**
 * A unified diff of one file of a plan, in git's form: `patch -p1` and `git apply` take it.
 * @param name the file's path below the folder in which it is to be applied
 */
export function fileDiff({ before, after, secret }: PlannedFile, name: string, secrets: Secrets): Diff {
  const { hunks } = structuredPatch(name, name, before ?? '', after, undefined, undefined, { context: 3 });
  const [old, young] = [maskedLines(before ?? '', secrets), maskedLines(after, secrets)];
  const lines = head(name, before === null ? (secret ? '100640' : '100644') : undefined);
  let masked = false;
  for (const hunk of hunks) {
    lines.push(`@@ -${span(hunk.oldStart, hunk.oldLines)} +${span(hunk.newStart, hunk.newLines)} @@`);
    let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
    for (const line of hunk.lines) {
      const sign = line[0];
      const shown = sign === '\\' ? line : `${sign}${(sign === '+' ? young[newLine - 1] : old[oldLine - 1]) ?? ''}`;
      if (sign !== '+' && sign !== '\\') oldLine += 1;
      if (sign !== '-' && sign !== '\\') newLine += 1;
      masked ||= shown !== line;
      lines.push(shown);
    }
  }
  return { text: `${lines.join('\n')}\n`, masked };
}

/** The diff that makes a symbolic link, as git writes it. */
export function linkDiff({ target }: NewLink, name: string): Diff {
  return { text: [...head(name, '120000'), '@@ -0,0 +1 @@', `+${target}`, NO_NEWLINE, ''].join('\n'), masked: false };
}

/** The diff that removes a file of this mode, or a symbolic link where none is given. */
export function removedDiff(text: string, name: string, mode: string | undefined, secrets: Secrets): Diff {
  const lines = head(name, undefined);
  lines.splice(1, 2, `deleted file mode ${mode === undefined ? '120000' : `10${mode}`}`, lines[1]!, '+++ /dev/null');
  const shown = mode === undefined ? [text] : maskedLines(text, secrets);
  const whole = mode !== undefined && text.endsWith('\n');
  if (whole) shown.pop();
  if (text !== '')
    lines.push(`@@ -${span(1, shown.length)} +0,0 @@`, ...shown.map(line => `-${line}`), ...(whole ? [] : [NO_NEWLINE]));
  return { text: `${lines.join('\n')}\n`, masked: mode !== undefined && shown.join('\n') !== text.replace(/\n$/, '') };
}

function head(name: string, newMode: string | undefined): string[] {
  const [a, b] = [quoted(`a/${name}`), quoted(`b/${name}`)];
  // a name with a blank ends in a tab: patch would take what follows the blank for a date
  const tab = name.includes(' ') ? '\t' : '';
  return [
    `diff --git ${a} ${b}`,
    ...(newMode ? [`new file mode ${newMode}`] : []),
    `--- ${newMode ? '/dev/null' : a + tab}`,
    `+++ ${b}${tab}`,
  ];
}

function quoted(name: string): string {
  return /["\\\x00-\x1f]/.test(name) ? JSON.stringify(name) : name;
}

function span(start: number, count: number): string {
  // of no lines, the one before is named
  if (count === 0) return `${start - 1},0`;
  return count === 1 ? String(start) : `${start},${count}`;
}

function maskedLines(text: string, secrets: Secrets): string[] {
  return maskRanges(text, secrets.rangesIn(text)).split('\n');
}

/** The diff in colours, as git shows it. */
export function colouredDiff(text: string, colours: Colours): string {
  if (!colours.isColorSupported) return text;
  return text.replace(/^(?:(diff|new file|deleted file|---|\+\+\+).*|(@@).*|(\+).*|(-).*)$/gm, (line, header, hunk, added) => {
    if (header) return colours.bold(line);
    if (hunk) return colours.cyan(line);
    return added ? colours.green(line) : colours.red(line);
  });
}
