import type { LuaFact } from '@prosodist/core';
import { baseName } from '@prosodist/core';
import type { Root } from './root.js';

const PROGRAMS = ['/usr/bin/prosody', '/usr/local/bin/prosody'];

/**
 * The Lua that Prosody runs on, as the first line of its program says: `#!/usr/bin/env lua5.4`. Where that is just `lua`, the
 * links of Debian's alternatives are followed.
 * @returns null where there is no Prosody, or nothing says the version
 */
export function luaFact(root: Root): LuaFact | null {
  for (const program of PROGRAMS) {
    const text = root.read(program);
    const words =
      /^#!(.*)/
        .exec(text ?? '')?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    const interpreter = words.find(word => /lua/i.test(baseName(word)));
    if (interpreter === undefined) continue;
    const version = versionIn(interpreter) ?? followed(root, interpreter);
    if (version !== undefined) return { version, from: `${program}:1` };
  }
  return null;
}

function followed(root: Root, interpreter: string): string | undefined {
  const places = interpreter.startsWith('/')
    ? [interpreter]
    : ['/usr/local/bin', '/usr/bin', '/bin'].map(folder => `${folder}/${interpreter}`);
  for (const place of places) {
    const real = root.real(place);
    if (real !== undefined) return versionIn(real);
  }
  return undefined;
}

function versionIn(path: string): string | undefined {
  return /lua(?:jit-)?-?(5\.\d)/.exec(baseName(path))?.[1];
}
