import type { Location, PathState, PathView } from '@prosodist/language-server';
import { STYLE } from './style.js';

/** What the page says in the language of the editor. */
export interface Words {
  readonly title: (host: string) => string;
  readonly states: Readonly<Record<PathState, string>>;
  readonly first: (station: string, text: string) => string;
  readonly nothing: string;
  readonly settings: string;
  readonly byDefault: string;
  readonly why: string;
  readonly help: string;
  readonly log: string;
  readonly place: string;
  readonly host: string;
  readonly rehearse: string;
  readonly check: string;
  readonly offline: string;
  readonly asked: (user: string | null) => string;
  readonly elsewhere: (count: number) => string;
}

type Station = PathView['stations'][number];
type Check = Station['checks'][number];
type Place = Check['at'];

const SIGNS: Readonly<Record<PathState, string>> = { green: '✓', amber: '!', red: '✕', grey: '–' };

/**
 * The way of a login as a page of its own: one style, one script, both with the nonce, and nothing from anywhere else.
 * @returns the page, and the places that its links have by number
 */
export function pathPage(path: PathView, nonce: string, words: Words): { html: string; places: Location[] } {
  const places: Location[] = [];
  const place = (at: Place, text: string): string => {
    if (!at) return '';
    const number = places.push(at.location) - 1;
    return `<button type="button" class="link" id="go${number}" data-go="${number}" aria-label="${escaped(`${words.place} ${at.name}, ${text}`)}">${escaped(at.name)}</button>`;
  };
  const verdict = path.first ? words.first(path.first.title, path.first.text) : words.nothing;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title(path.host))}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(words.title(path.host))}</h1>
<div class="bar">
${hostChoice(path, words)}
<button type="button" id="rehearse" data-run="prosodist.rehearseLogin">${escaped(words.rehearse)}</button>
<button type="button" id="check" class="second" data-run="prosodist.checkDirectory">${escaped(words.check)}</button>
</div>
<p class="about">${escaped(path.looked.directory ? words.asked(path.looked.user) : words.offline)}</p>
<p class="verdict ${path.state}" role="status"><strong>${escaped(words.states[path.state])}.</strong> ${prose(verdict)}</p>
<nav aria-label="${escaped(words.title(path.host))}"><ol class="way">${path.stations.map((station, index) => stop(station, path.edges[index], words)).join('')}</ol></nav>
${path.stations.map(station => section(station, words, place)).join('\n')}
${path.elsewhere > 0 ? `<p class="about">${escaped(words.elsewhere(path.elsewhere))}</p>` : ''}
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
  return { html, places };
}

function hostChoice({ host, hosts }: PathView, words: Words): string {
  if (hosts.length < 2) return '';
  const options = hosts.map(each => `<option${each === host ? ' selected' : ''}>${escaped(each)}</option>`).join('');
  return `<label>${escaped(words.host)} <select id="host">${options}</select></label>`;
}

function stop({ station, title, state }: Station, edge: PathView['edges'][number] | undefined, words: Words): string {
  const arrow = edge
    ? `<li class="edge ${edge.state}"><span class="line" aria-hidden="true"></span><span class="label">${escaped(edge.label)}</span></li>`
    : '';
  return `<li class="stop ${state}"><button type="button" id="to-${station}" data-to="${station}"><span class="dot" aria-hidden="true">${SIGNS[state]}</span><span class="name">${escaped(title)}</span><span class="word">${escaped(words.states[state])}</span></button></li>${arrow}`;
}

function section(station: Station, words: Words, place: (at: Place, text: string) => string): string {
  const rows = station.settings.map(
    ({ name, value, at }) =>
      `<tr><th scope="row"><code>${escaped(name)}</code></th><td><code>${escaped(value)}</code></td><td>${place(at, name) || escaped(words.byDefault)}</td></tr>`,
  );
  const table = rows.length > 0 ? `<h3>${escaped(words.settings)}</h3><table>${rows.join('')}</table>` : '';
  return `<section id="${station.station}" class="${station.state}" tabindex="-1" aria-labelledby="h-${station.station}">
<h2 id="h-${station.station}">${escaped(station.title)} <span class="word">${escaped(words.states[station.state])}</span></h2>
<p class="about">${escaped(station.does)}</p>
<ul>${station.checks.map(check => item(check, words, place)).join('')}</ul>
${table}
</section>`;
}

function item(check: Check, words: Words, place: (at: Place, text: string) => string): string {
  const isFault = check.state === 'red' || check.state === 'amber';
  const note = (name: string, text: string | null, code = false) =>
    isFault && text !== null
      ? `<p class="note"><b>${escaped(name)}:</b> ${code ? `<code>${escaped(text)}</code>` : prose(text)}</p>`
      : '';
  const rule = check.rule === null ? '' : ` <span class="rule">${escaped(check.rule)}</span>`;
  return `<li class="${check.state}"><span class="mark" aria-hidden="true">${SIGNS[check.state]}</span><div><p><span class="hidden">${escaped(words.states[check.state])}: </span>${prose(check.text)}${rule} ${place(check.at, check.text)}</p>${note(words.why, check.why)}${note(words.log, check.log, true)}${note(words.help, check.help)}</div></li>`;
}

/** Clicks become messages; what had the focus has it again when the page is drawn anew. */
const SCRIPT = `
const vscode = acquireVsCodeApi();
document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button) return;
  const { go, run, to } = button.dataset;
  if (go !== undefined) vscode.postMessage({ go: Number(go) });
  if (run !== undefined) vscode.postMessage({ run });
  if (to !== undefined) {
    const section = document.getElementById(to);
    section.scrollIntoView({ block: 'start' });
    section.focus({ preventScroll: true });
  }
});
document.getElementById('host')?.addEventListener('change', ({ target }) => vscode.postMessage({ host: target.value }));
document.addEventListener('focusin', ({ target }) => vscode.setState({ focus: target.id }));
const focus = vscode.getState()?.focus;
if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
`;

/** A sentence in HTML; what stands between backticks is code. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** A text in HTML, inside an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, unit => `&#${unit.charCodeAt(0)};`);
}
