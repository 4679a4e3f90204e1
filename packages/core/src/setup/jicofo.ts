// Jicofo has to be told that people log in, and where: the edit of its jicofo.conf.
import { readHocon } from '../jitsi/index.js';
import { applyEdits, sortEdits, type TextEdit } from '../text/index.js';

const PATH = 'jicofo.authentication';

/** The settings: only who has logged in at the host may open a room. Source: Jicofo's reference.conf; AuthConfig of Jicofo. */
function wantedOf(host: string): Readonly<Record<string, string>> {
  return { enabled: 'true', type: 'XMPP', 'login-url': host };
}

/**
 * A jicofo.conf that asks for a login at the host; the text itself where it does already.
 * @returns undefined where the file cannot be followed, or the edit would change something else
 */
export function jicofoFor(text: string, host: string): string | undefined {
  const { settings, whole } = readHocon(text);
  const wanted = wantedOf(host);
  const edits: TextEdit[] = [];
  const missing: string[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const set = settings.get(`${PATH}.${name}`);
    if (set?.value === value || (name === 'enabled' && /^(?:true|yes|on)$/.test(set?.value ?? ''))) continue;
    if (set) edits.push({ ...set.at, text: written(name, value) });
    else missing.push(name);
  }
  if (edits.length + missing.length === 0) return text;
  if (!whole) return undefined;
  if (missing.length > 0)
    edits.push(
      addition(
        text,
        missing.map(name => [name, written(name, wanted[name]!)] as const),
      ),
    );
  const after = applyEdits(text, sortEdits(edits));
  return isOnlyThat(text, after, host) ? after : undefined;
}

function written(name: string, value: string): string {
  return name === 'login-url' ? JSON.stringify(value) : value;
}

/** The missing lines: beside a sibling that is there, else as a new block in `jicofo { }`, else below all. */
function addition(text: string, lines: readonly (readonly [string, string])[]): TextEdit {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  const { settings } = readHocon(text);
  const sibling = [...settings.values()].find(({ path }) => path.startsWith(`${PATH}.`));
  if (sibling) {
    const start = text.lastIndexOf('\n', sibling.key.start - 1) + 1;
    const before = text.slice(start, sibling.key.start);
    const full = before.trim() === '' && !text.slice(sibling.key.start, sibling.key.end).includes('.');
    if (full) return { start, end: start, text: lines.map(([name, value]) => `${before}${name}: ${value}${eol}`).join('') };
  }
  const block = /^([ \t]*)jicofo[ \t]*[:=]?[ \t]*\{[ \t]*(?:(?:\/\/|#).*)?\r?\n/m.exec(text);
  if (!sibling && block) {
    const at = block.index + block[0].length;
    const own = /^[ \t]+/.exec(text.slice(at))?.[0];
    const indent = own ?? `${block[1]}  `;
    const step = indent.slice(block[1]!.length) || '  ';
    const inner = lines.map(([name, value]) => `${indent}${step}${name}: ${value}${eol}`).join('');
    return { start: at, end: at, text: `${indent}authentication {${eol}${inner}${indent}}${eol}` };
  }
  const apart = text === '' || text.endsWith('\n') ? '' : eol;
  return {
    start: text.length,
    end: text.length,
    text: apart + lines.map(([name, value]) => `${PATH}.${name}: ${value}${eol}`).join(''),
  };
}

/** Whether the new text sets what is wanted, and all else is as before. */
function isOnlyThat(before: string, after: string, host: string): boolean {
  const [old, young] = [readHocon(before).settings, readHocon(after)];
  const wanted = wantedOf(host);
  const isWanted = (path: string) => path.startsWith(`${PATH}.`) && path.slice(PATH.length + 1) in wanted;
  return (
    young.whole &&
    Object.entries(wanted).every(
      ([name, value]) => young.settings.get(`${PATH}.${name}`)?.value === value || name === 'enabled',
    ) &&
    [...young.settings].every(([path, { value }]) => isWanted(path) || old.get(path)?.value === value) &&
    [...old.keys()].every(path => young.settings.has(path))
  );
}

/** The same for a Jicofo without jicofo.conf, which reads sip-communicator.properties. */
export function propertiesFor(text: string, host: string): string {
  const line = `org.jitsi.jicofo.auth.URL=XMPP:${host}`;
  const set = /^[ \t]*org\.jitsi\.jicofo\.auth\.URL[ \t]*[=:].*$/m.exec(text);
  if (set) return text.slice(0, set.index) + line + text.slice(set.index + set[0].length);
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
}
