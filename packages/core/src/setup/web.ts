// The web client sends guests to a virtual host of their own: the edit of its config.js.
import { readConfigScript } from '../jitsi/index.js';

const PATH = 'hosts.anonymousdomain';

/**
 * A config.js that sends guests to this host; the text itself where it does already. A commented example becomes the setting.
 * @returns undefined where the file cannot be followed, or the edit would change something else
 */
export function configScriptFor(text: string, guest: string): string | undefined {
  const { settings } = readConfigScript(text);
  const set = settings.get(PATH);
  if (set?.value === guest) return text;
  const after = set ? replaced(text, set.at, guest) : inserted(text, settings.get('hosts.domain'), guest);
  return after !== undefined && isOnlyThat(text, after, guest) ? after : undefined;
}

function replaced(text: string, { start, end }: { start: number; end: number }, guest: string): string {
  const quote = text[start] === '"' ? '"' : "'";
  return `${text.slice(0, start)}${quote}${guest}${quote}${text.slice(end)}`;
}

/** In the place of the commented line that Jitsi's own file has, else below the domain. */
function inserted(
  text: string,
  domain: { key: { start: number }; at: { end: number } } | undefined,
  guest: string,
): string | undefined {
  if (!domain) return undefined;
  const line = `anonymousdomain: '${guest}',`;
  const example = /^([ \t]*)\/\/[ \t]*anonymousdomain[ \t]*:.*$/m.exec(text);
  if (example) return `${text.slice(0, example.index)}${example[1]}${line}${text.slice(example.index + example[0].length)}`;
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  const start = text.lastIndexOf('\n', domain.key.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, domain.key.start))![0];
  return `${text.slice(0, domain.key.start)}${line}${eol}${indent}${text.slice(domain.key.start)}`;
}

function isOnlyThat(before: string, after: string, guest: string): boolean {
  const [old, young] = [readConfigScript(before), readConfigScript(after)];
  return (
    young.settings.get(PATH)?.value === guest &&
    old.whole === young.whole &&
    [...young.settings].every(([path, { value }]) => path === PATH || old.settings.get(path)?.value === value) &&
    [...old.settings.keys()].every(path => young.settings.has(path))
  );
}
