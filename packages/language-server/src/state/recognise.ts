/** Names that only Prosody's configurations have, templates of them included. */
const NAME = /(?:^|\/)prosody\.cfg\.lua$|\.cfg\.lua(?:\.(?:j2|jinja2?|tpl|tmpl|erb))?$|\/prosody\/conf\.(?:d|avail)\/[^/]*$/;

/** What only a configuration has at the start of a line; a module of Prosody has these words elsewhere. */
const CONTENT = /^[ \t]*(?:(?:VirtualHost|Component)[ \t]*\(?[ \t]*["']|modules_enabled[ \t]*=[ \t]*\{)/m;

/** Whether a document is a configuration of Prosody: most editors call it Lua, and most Lua is nobody's business here. */
export function isProsody(languageId: string, uri: string, text: string): boolean {
  // what Prosodist itself shows is not judged
  if (/^prosodist-/.test(uri)) return false;
  return languageId === 'prosody' || NAME.test(uri) || (languageId === 'lua' && CONTENT.test(text));
}
