import { readdirSync, readFileSync } from 'node:fs';

/** The processes of the extension's language server in the VS Codes of this test. */
export function serversOfOurs(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => read(pid, 'cmdline').includes('/dist/server.cjs') && isOurs(pid));
}

/** Whether this process is among those that started it. */
function isOurs(pid: number): boolean {
  for (let at = pid; at > 1; at = Number(/\) \S+ (\d+)/.exec(read(at, 'stat'))?.[1] ?? 0)) if (at === process.pid) return true;
  return false;
}

function read(pid: number, what: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
