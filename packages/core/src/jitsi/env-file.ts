import { isTemplate, type JitsiSetting, type JitsiSettings, NOTHING_KNOWN } from './settings.js';

const LINE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=(.*)$/gm;

/**
 * Reads the `.env` of docker-jitsi-meet as Docker Compose does: `NAME=value`, quotes taken off, a comment behind a blank.
 * @param text the file
 */
export function readEnvFile(text: string): JitsiSettings {
  if (isTemplate(text)) return NOTHING_KNOWN;
  const settings = new Map<string, JitsiSetting>();
  for (const match of text.matchAll(LINE)) {
    const [, name = '', rest = ''] = match;
    const keyStart = match.index + match[0].indexOf(name);
    const valueStart = keyStart + name.length + 1;
    const { value, start, end } = valueOf(rest.replace(/\r$/, ''));
    settings.set(name, {
      path: name,
      value,
      key: { start: keyStart, end: keyStart + name.length },
      at: { start: valueStart + start, end: valueStart + end },
    });
  }
  return { settings, whole: true };
}

function valueOf(rest: string): { value: string | null; start: number; end: number } {
  const start = /^[ \t]*/.exec(rest)![0].length;
  const body = rest.slice(start);
  const quoted = /^'([^']*)'|^"((?:[^"\\]|\\.)*)"/.exec(body);
  const written = quoted ? quoted[0] : body.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
  const text = quoted ? (quoted[1] ?? quoted[2] ?? '') : written;
  // what `$NAME` stands for is somebody else's to know; within single quotes it stands for itself
  const known = quoted?.[1] !== undefined || !/\$[A-Za-z_{]/.test(text);
  return { value: known ? text : null, start, end: start + written.length };
}
