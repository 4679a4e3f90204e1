import { createHash } from 'node:crypto';
import { type Diagnosis, isRemark, type ShownCheck, type ShownStation, STATE_WORDS } from './diagnosis.js';
import { PAGE_STYLE } from './page-style.js';

/**
 * The pictures as one page that needs nothing else: no script, nothing from elsewhere, and a policy that forbids both.
 * @param about one line under the title: which configuration, by which version
 */
export function page(diagnoses: readonly Diagnosis[], about: string): string {
  const hash = createHash('sha256').update(PAGE_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const title = diagnoses.length === 1 ? `Login at ${diagnoses[0]!.host}` : 'Logins';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escaped(title)}</h1>
<p class="about">${escaped(about)}</p>
</header>
${diagnoses.map((diagnosis, index) => hostPart(diagnosis, index, diagnoses.length > 1)).join('\n')}
</main>
</body>
</html>
`;
}

function hostPart(diagnosis: Diagnosis, index: number, named: boolean): string {
  const { host, state, first, stations, edges, elsewhere } = diagnosis;
  const verdict = first ? `First at ${first.title}: ${first.cause.text}` : 'Nothing stands in the way of this login.';
  const id = (station: ShownStation) => `s${index}-${station.station}`;
  const stops = stations.map((station, at) => {
    const edge = edges[at];
    const arrow = edge
      ? `<li class="edge ${edge.state}"><span class="line"></span><span class="label">${escaped(edge.label)}</span></li>`
      : '';
    return `<li class="stop ${station.state}"><a href="#${id(station)}"><span class="dot" aria-hidden="true">${SIGNS[station.state]}</span><span class="name">${escaped(station.title)}</span><span class="word">${STATE_WORDS[station.state]}</span></a></li>${arrow}`;
  });
  return `<section aria-labelledby="h${index}">
<h2 id="h${index}">${named ? escaped(host) : 'The way of a login'}</h2>
<p class="verdict ${state}"><strong>${VERDICTS[state]}.</strong> ${prose(verdict)}</p>
<ol class="way">${stops.join('')}</ol>
${stations.map(station => stationPart(station, id(station))).join('\n')}
${elsewhere > 0 ? `<p class="about">${elsewhere} more ${elsewhere === 1 ? 'finding' : 'findings'} beside the way of this login: <code>prosodist check</code></p>` : ''}
</section>`;
}

const SIGNS = { green: '✓', amber: '!', red: '✕', grey: '–' } as const;
const VERDICTS = { green: 'Good', amber: 'In doubt', red: 'Broken', grey: 'Not looked at' } as const;

function stationPart(station: ShownStation, id: string): string {
  const settings = station.settings.map(
    ({ name, value, at }) =>
      `<div><dt><code>${escaped(name)}</code></dt><dd><code>${escaped(value)}</code></dd><dd class="place">${at === null ? 'default' : escaped(at)}</dd></div>`,
  );
  const table = settings.length > 0 ? `<h4>Settings</h4><dl class="settings">${settings.join('')}</dl>` : '';
  return `<article id="${id}" class="${station.state}">
<h3>${escaped(station.title)} <span class="badge">${STATE_WORDS[station.state]}</span></h3>
<p class="does">${escaped(station.does)}</p>
<ul class="checks">${station.checks.map(checkPart).join('')}</ul>
${table}
</article>`;
}

function checkPart(check: ShownCheck): string {
  const isFault = check.state === 'red' || check.state === 'amber';
  const notes = [
    ['Place', check.at, true],
    ['Why', check.why, false],
    ['Log', check.log, true],
    ['To do', check.help, false],
  ] as const;
  const rows = notes.flatMap(([name, text, code]) =>
    isFault && text !== null ? [`<dt>${name}</dt><dd>${code ? `<code>${escaped(text)}</code>` : prose(text)}</dd>`] : [],
  );
  const rule = check.rule === null ? '' : ` <code class="rule">${escaped(check.rule)}</code>`;
  const [sign, word, look] = isRemark(check)
    ? ['i', 'remark', 'grey']
    : [SIGNS[check.state], STATE_WORDS[check.state], check.state];
  return `<li class="${look}"><span class="mark" aria-hidden="true">${sign}</span><div><p><span class="hidden">${word}: </span>${prose(check.text)}${rule}</p>${rows.length > 0 ? `<dl class="notes">${rows.join('')}</dl>` : ''}</div></li>`;
}

/** A sentence in HTML; what stands between backticks is code. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** A text in HTML, inside an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, unit => `&#${unit.charCodeAt(0)};`);
}
