// Jitsi's own files: shown, and written only when that was asked for.
import { readConfigScript } from '../jitsi/index.js';
import type { PlannedFile } from '../patch/index.js';
import { type Draft, rewritten, takeForeign, textOf } from './draft.js';
import { jicofoFor, propertiesFor } from './jicofo.js';
import type { SetupStep } from './types.js';
import { configScriptFor } from './web.js';

const WHY =
  'Jicofo opens rooms only for who has logged in once it is told where people do so, and the web client has to know where guests go.';

/** jicofo.conf and the client's config.js. */
export function jitsiStep(draft: Draft, host: string, guest: string | undefined): SetupStep {
  const common = { step: 'jitsi', why: WHY, at: [] } as const;
  const { edits, told, seen } = editsOf(draft, host, guest);
  if (!seen) {
    const words = [`jicofo.conf: jicofo { authentication { enabled: true, type: XMPP, login-url: "${host}" } }`];
    if (guest !== undefined) words.push(`config.js: hosts.anonymousdomain: '${guest}'`);
    return { ...common, status: 'told', what: "Jitsi's own files are not seen from here", help: words.join('; '), shown: [] };
  }
  const files = edits.map(({ file }) => file);
  if (edits.length === 0 && told.length === 0)
    return { ...common, status: 'done', what: `Jicofo and the web client know about ${host}`, help: null, shown: [] };
  if (draft.options.jitsi !== true)
    return {
      ...common,
      status: 'told',
      what: [...(files.length > 0 ? [`${files.join(' and ')}: an edit, shown and not written`] : []), ...told].join('; '),
      help: files.length > 0 ? 'Take the edits over by hand, or ask for these files too (--jitsi).' : 'Change it by hand.',
      shown: edits,
    };
  for (const edit of edits) takeForeign(draft, edit);
  const what = [...files.map(file => `${file} changed`), ...told].join('; ');
  return told.length === 0
    ? { ...common, status: 'todo', what, help: null, shown: [] }
    : { ...common, status: files.length > 0 ? 'todo' : 'told', what, help: 'Change by hand what is only told.', shown: [] };
}

function editsOf(draft: Draft, host: string, guest: string | undefined) {
  const edits: PlannedFile[] = [];
  const told: string[] = [];
  let seen = false;
  const take = (file: string, before: string, after: string | undefined, byHand: string) => {
    seen = true;
    if (after === undefined) told.push(`${file}: ${byHand}`);
    else if (after !== before) edits.push(rewritten(file, before, after));
  };
  if (draft.system === undefined) return { edits, told, seen };
  const base = `${draft.system}etc/jitsi/`;
  const jicofo = textOf(draft, `${base}jicofo/jicofo.conf`);
  const properties = textOf(draft, `${base}jicofo/sip-communicator.properties`);
  if (jicofo !== undefined)
    take(
      `${base}jicofo/jicofo.conf`,
      jicofo,
      jicofoFor(jicofo, host),
      `write jicofo.authentication { enabled: true, type: XMPP, login-url: "${host}" }; the file cannot be followed here`,
    );
  else if (properties !== undefined)
    take(`${base}jicofo/sip-communicator.properties`, properties, propertiesFor(properties, host), '');
  for (const file of guest === undefined ? [] : webFiles(draft, `${base}meet`, host)) {
    const text = textOf(draft, file)!;
    take(
      file,
      text,
      configScriptFor(text, guest!),
      `write anonymousdomain: '${guest}' into \`hosts\`; the file cannot be followed here`,
    );
  }
  return { edits, told, seen };
}

/** The config.js of this domain: by what it says, or by its name. */
function webFiles(draft: Draft, folder: string, host: string): string[] {
  const listed = draft.overlay.files.readDirectory(folder);
  const names = listed.ok ? listed.names.filter(name => name.endsWith('-config.js')).sort() : [];
  return names
    .map(name => `${folder}/${name}`)
    .filter(file => {
      const text = textOf(draft, file);
      if (text === undefined) return false;
      const domain = readConfigScript(text).settings.get('hosts.domain')?.value;
      return domain === host || (domain === undefined && file.endsWith(`/${host}-config.js`));
    });
}
