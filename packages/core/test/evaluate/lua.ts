import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { generalFormat } from '../../src/evaluate/operators.js';
import { load, memoryFiles, type Value } from '../../src/index.js';
import { encode } from '../../src/text/index.js';

/** The real Lua 5.4, of this machine or of the Prosody 13.0 lab; `undefined` where there is none. */
export const realLua: readonly string[] | undefined = findLua();

function findLua(): readonly string[] | undefined {
  const lab = `${process.env.XDG_CACHE_HOME ?? `${os.homedir()}/.cache`}/prosodist-labs/prosody-13.0`;
  const candidates = [...(fs.existsSync(`${lab}/usr/bin/lua5.4`) ? [['chroot', lab, 'lua5.4']] : []), ['lua5.4']];
  return candidates.find(([command, ...args]) => spawnSync(command!, [...args, '-v']).status === 0);
}

/** Where the cases stand in their file: case n on line n, so that messages name the same place. */
function program(cases: readonly string[]): string {
  return cases.map((body, index) => `r${index} = table.pack(pcall(function() ${body} end))`).join('\n');
}

/** What each case (a function's body in one line) gives in the real Lua: `true` and its values, or `false` and the message. */
export function runReal(cases: readonly string[]): string[] {
  const [command, ...args] = realLua!;
  const driver = `${SHOW}
local env = setmetatable({}, { __index = _G })
assert(load(io.read("a"), "@/cases.lua", "t", env))()
for i = 0, ${cases.length - 1} do local r = env["r" .. i]; local o = {} for j = 1, r.n do o[j] = show(r[j], 0) end print(table.concat(o, " ")) end`;
  const script = Buffer.from(driver).toString('hex');
  const boot = `local s = (("${script}"):gsub("..", function(h) return string.char(tonumber(h, 16)) end)) assert(load(s))()`;
  const { stdout, stderr, status } = spawnSync(command!, [...args, '-e', boot], {
    input: encode(program(cases)),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(String(stderr));
  return stdout.toString('latin1').split('\n').slice(0, cases.length);
}

/** The same in our interpreter. */
export function runOurs(cases: readonly string[]): string[] {
  const configuration = load(memoryFiles({ '/cases.lua': program(cases) }), '/cases.lua', {
    prosody: '0.12',
    environment: {},
    limits: { steps: 50_000_000 },
  });
  if (configuration.errors.length > 0) throw new Error(configuration.errors[0]!.text);
  const options = configuration.sections.get('*')?.options;
  return cases.map((_, index) => {
    const result = options?.get(`r${index}`)?.value;
    if (result?.kind !== 'table') return `no result (${configuration.stopped?.reason ?? 'not run'})`;
    const count = result.table.entries.get('n')?.value;
    if (count?.kind !== 'number') return 'unknown';
    return Array.from({ length: count.value }, (_, at) => show(result.table.entries.get(at + 1)?.value)).join(' ');
  });
}

const SHOW = `
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
function show(v, depth)
  local t = math.type(v) or type(v)
  if t == "integer" then return ("%d"):format(v) end
  if t == "float" then return v ~= v and "float nan" or ("float %.17g"):format(v) end
  if t == "string" then return (v:find("[^%g ]") or v == "") and "hex " .. hex(v) or ("%q"):format(v) end
  if t == "table" and depth < 4 then
    local o = {}
    for k, e in pairs(v) do o[#o + 1] = show(k, depth + 1) .. "=" .. show(e, depth + 1) end
    table.sort(o)
    return "{" .. table.concat(o, ",") .. "}"
  end
  return t == "nil" and "nil" or t == "boolean" and tostring(v) or t
end`;

function show(value: Value | undefined, depth = 0): string {
  if (!value) return 'nil';
  switch (value.kind) {
    case 'number':
      return value.float ? `float ${plainFloat(value.value)}` : BigInt(value.value).toString();
    case 'string': {
      const bytes = Buffer.from(encode(value.value));
      const text = bytes.toString('latin1');
      return text === '' || /[^\x20-\x7e]/.test(text) ? `hex ${bytes.toString('hex')}` : `"${text.replace(/["\\]/g, '\\$&')}"`;
    }
    case 'boolean':
      return String(value.value);
    case 'table': {
      if (depth >= 4) return 'table';
      if (value.table.state.has('open')) return 'unknown';
      const entries = [...value.table.entries].map(([key, entry]) => `${showKey(key)}=${show(entry.value, depth + 1)}`);
      return `{${entries.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(',')}}`;
    }
    default:
      return value.kind;
  }
}

function showKey(key: unknown): string {
  if (typeof key === 'string') return show({ kind: 'string', value: key, origin: null });
  if (typeof key === 'number') return Number.isInteger(key) ? String(key) : `float ${plainFloat(key)}`;
  return typeof key === 'boolean' ? String(key) : 'table';
}

/** C's "%.17g". */
function plainFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return Number.isFinite(value) ? generalFormat(value, 17) : value > 0 ? 'inf' : '-inf';
}
