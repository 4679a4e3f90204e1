// npm run fuzz -- --minutes N: broken and mixed configurations for parse, load, lint and fixAll, until the time is over.
// What throws, loses text, hangs, or does not end is made small and printed. `--seed N` does the same again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decode, fixAll, lint, load, memoryFiles, parse, print } from '../packages/core/dist/index.js';
import { root } from './run.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: String(Date.now() % 2 ** 31) } },
});
const ENTRY = '/etc/prosody/prosody.cfg.lua';
// milliseconds of CPU for all of it; a loop without end takes its bound of steps in each of five evaluations
const PATIENCE = 10_000;
const random = generator(Number(values.seed));
const nat = limit => Math.floor(random() * limit);
const texts = ['test/fixtures', 'examples', 'packages/core/src/rules'].flatMap(filesBelow);
const WORDS =
  '{ } ( ) [ ] = == ; , .. ... -- --[[ ]] " \' \\ :: goto break return end do then if for while repeat until local function nil true 1e999 0x 3x VirtualHost Component Include "*" "a.b" %a+ \ufeff \0 \udc80 “ # {{ }} {% %} $X'.split(
    ' ',
  );

console.log(`seed ${values.seed}, ${texts.length} files`);
const failures = new Map();
const until = Date.now() + Number(values.minutes) * 60_000;
let cases = 0;
// the document of the text before it was broken, as an editor has it
let before;
for (; Date.now() < until; cases++) {
  const text = mutated();
  const failure = complaint(text);
  if (!failure || failures.has(failure)) continue;
  failures.set(failure, minimal(text, failure));
  console.log(`\n${failure}\n--- the input, as JSON\n${JSON.stringify(failures.get(failure))}`);
}
console.log(`${cases} cases, ${failures.size} kinds of failure`);
process.exit(failures.size > 0 ? 1 : 0);

/** What is wrong with what we make of a text; undefined where nothing is. */
function complaint(text) {
  const started = process.cpuUsage();
  try {
    const document = parse(text);
    if (print(document) !== text) return 'print does not give the text back';
    const again = parse(text, before);
    if (outline(again) !== outline(document)) return 'reading again after an edit gives another document';
    const files = memoryFiles({ [ENTRY]: text });
    for (const prosody of ['0.12', '13.0']) load(files, ENTRY, { prosody });
    lint(files, ENTRY);
    const fixed = fixAll(files, ENTRY, { unsafe: cases % 2 === 0 });
    if (fixed.stopped) return `fixing ends with ${fixed.stopped}`;
    for (const file of fixed.files)
      if (document.problems.length === 0 && parse(file.after).problems.length > 0) return 'a fix breaks the file';
  } catch (error) {
    return String(error.stack).split('\n').slice(0, 3).join('\n');
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000 > PATIENCE ? 'takes more than ten seconds' : undefined;
}

/** What a document is made of. */
function outline({ statements, comments, problems }) {
  return JSON.stringify([statements.map(({ start, end }) => [start, end]), comments, problems]);
}

function mutated() {
  let text = texts[nat(texts.length)];
  before = parse(text);
  for (let count = 1 + nat(4); count > 0; count--) {
    const start = nat(text.length + 1);
    const end = Math.min(text.length, start + [0, 1, nat(20), nat(200)][nat(4)]);
    const other = texts[nat(texts.length)];
    const from = nat(other.length + 1);
    const inserted = ['', WORDS[nat(WORDS.length)], other.slice(from, from + nat(200)), text.slice(start, end).repeat(2)][nat(4)];
    text = text.slice(0, start) + inserted + text.slice(end);
  }
  return text;
}

/** The text without every stretch that the failure does not need. */
function minimal(text, failure) {
  const deadline = Date.now() + 30_000;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < text.length && Date.now() < deadline; ) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      if (complaint(shorter) === failure) text = shorter;
      else at += size;
    }
  }
  return text;
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(?:lua|md|cases)$/.test(entry.name))
    .map(entry => decode(readFileSync(join(entry.parentPath, entry.name))))
    .flatMap(text =>
      text.includes('```lua')
        ? [...text.matchAll(/```lua[^\n]*\n([\s\S]*?)```/g)].map(match => match[1])
        : text.split(/^(?:===|---) .*\n/m),
    );
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
