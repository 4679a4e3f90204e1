import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with these files (a text, bytes, or where a link points), for the time of one action. */
export function withTree(
  files: Readonly<Record<string, string | Uint8Array | { readonly link: string }>>,
  action: (folder: string) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'prosodist-'));
  try {
    chmodSync(folder, 0o755);
    for (const [name, file] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (typeof file === 'object' && 'link' in file) symlinkSync(file.link, join(folder, name));
      else writeFileSync(join(folder, name), file);
    }
    action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Nobody, on every system. */
export const NOBODY = 65534;

export const isRoot = process.getuid?.() === 0;

/** Does something without root's rights. */
export function asNobody<Result>(action: () => Result): Result {
  const groups = process.getgroups!();
  process.setgroups!([]);
  process.setegid!(NOBODY);
  process.seteuid!(NOBODY);
  try {
    return action();
  } finally {
    process.seteuid!(0);
    process.setegid!(0);
    process.setgroups!(groups);
  }
}
