import type { MemoryFile } from '../../src/index.js';

/** A finding that a page promises: under a line, carets mark the place, then severity and a part of the message. */
export interface Expected {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly severity: string;
  readonly message: string;
}

/** A fenced example of a rule's page. `kind` is what its fence and heading say it shows. */
export interface Example {
  readonly title: string;
  readonly kind: 'reported' | 'fixed' | 'silent';
  readonly unsafe: boolean;
  readonly complete: boolean;
  readonly prosody: '0.12' | '13.0';
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly modes: Readonly<Record<string, number>>;
  readonly entry: string;
  readonly expected: readonly Expected[];
}

const FOLDER = '/etc/prosody/';
const MARKER = /^\s*(\^+) (error|warning|info): (.+)$/;

/**
 * The examples of a page. In a `lua` block, `-- file: NAME` starts another file, `-- link: NAME -> TARGET` makes a link,
 * `-- mode: NAME -> 644` says who may read it, `-- entry: NAME` starts the main file under another name (names are below
 * /etc/prosody, or absolute), and a line of carets under a line says what is reported there. Words behind `lua`: `fixed`
 * (what the fixes make of the example before), `unsafe` (with unsafe fixes), `fragment` (a lone file), `0.12` (for that
 * Prosody).
 */
export function examples(page: string): Example[] {
  const found: Example[] = [];
  let heading = '';
  for (const match of page.matchAll(/^## (.+)$|^```lua(.*)\n([\s\S]*?)^```$/gm)) {
    if (match[1]) heading = match[1];
    else found.push(example(heading, match[2]!.trim().split(/\s+/), match[3]!, found.length + 1));
  }
  return found;
}

function example(heading: string, words: readonly string[], body: string, number: number): Example {
  const files: Record<string, MemoryFile> = {};
  const modes: Record<string, number> = {};
  const expected: Expected[] = [];
  let entry = `${FOLDER}prosody.cfg.lua`;
  let file = entry;
  let text = '';
  let lineStart = 0;
  const finish = () => {
    if (text !== '' || !(file in files)) files[file] = text;
  };
  for (const line of body.split('\n').slice(0, -1)) {
    const marker = MARKER.exec(line);
    const other = /^-- (file|link|mode|entry): (\S+)(?: -> (\S+))?$/.exec(line);
    if (marker) {
      const start = lineStart + line.indexOf('^');
      expected.push({ file, start, end: start + marker[1]!.length, severity: marker[2]!, message: marker[3]! });
    } else if (other?.[1] === 'link') {
      files[pathOf(other[2]!)] = { link: other[3]! };
    } else if (other?.[1] === 'mode') {
      modes[pathOf(other[2]!)] = Number.parseInt(other[3]!, 8);
    } else if (other) {
      finish();
      file = pathOf(other[2]!);
      if (other[1] === 'entry') entry = file;
      text = '';
    } else {
      lineStart = text.length;
      text += `${line}\n`;
    }
  }
  finish();
  const kind = words.includes('fixed') ? 'fixed' : expected.length > 0 ? 'reported' : 'silent';
  return {
    title: `${heading}, example ${number}`,
    kind,
    unsafe: words.includes('unsafe'),
    complete: !words.includes('fragment'),
    prosody: words.includes('0.12') ? '0.12' : '13.0',
    files,
    modes,
    entry,
    expected,
  };
}

function pathOf(name: string): string {
  return name.startsWith('/') ? name : FOLDER + name;
}
