import type { PathState } from '@prosodist/core';
import type { ShownCheck, ShownLogin, ShownStation } from '../protocol.js';
import { type App, messageOf } from './app.js';
import { element, prose } from './dom.js';
import { placeLink } from './findings.js';
import { sectionSelect } from './sections.js';

const SIGNS = { green: '✓', amber: '!', red: '✕', grey: '–' } as const;
const STATES = { green: 'good', amber: 'in doubt', red: 'broken', grey: 'not looked at' } as const;
const VERDICTS = { green: 'Good', amber: 'In doubt', red: 'Broken', grey: 'Not looked at' } as const;

/** The way of a login at a host, drawn. */
export function loginPanel(app: App): { readonly node: HTMLElement; refresh(): void } {
  const select = sectionSelect('Virtual host', ['host'], () => draw());
  const picture = element('div', { class: 'login' });
  let asked = 0;
  const draw = async () => {
    asked += 1;
    const mine = asked;
    const host = select.value();
    if (host === undefined) {
      picture.replaceChildren(element('p', {}, 'No virtual host is defined, so nobody can log in.'));
      return;
    }
    try {
      const login = await app.client.ask('login', host);
      if (mine === asked) picture.replaceChildren(...drawn(app, login));
    } catch (error) {
      app.say(messageOf(error));
    }
  };
  return {
    node: element('div', {}, element('div', { class: 'panel-head' }, select.node), picture),
    refresh() {
      select.fill(app.judged()?.sections ?? []);
      void draw();
    },
  };
}

function drawn(app: App, { stations, edges, state, first, elsewhere }: ShownLogin): HTMLElement[] {
  const verdict = first ? `First at ${first.title}: ${first.text}` : 'Nothing in these files stands in the way of this login.';
  const stops = stations.flatMap((station, at) => {
    const edge = edges[at];
    const stop = element(
      'li',
      { class: `stop ${station.state}` },
      element(
        'a',
        { href: `#station-${station.station}`, click: event => jump(event, station) },
        element('span', { class: 'dot', 'aria-hidden': 'true' }, SIGNS[station.state]),
        element('span', { class: 'name' }, station.title),
        element('span', { class: 'word' }, STATES[station.state]),
      ),
    );
    if (!edge) return [stop];
    return [
      stop,
      element(
        'li',
        { class: `edge ${edge.state}` },
        element('span', { class: 'line' }),
        element('span', { class: 'soft' }, edge.label),
      ),
    ];
  });
  const more = elsewhere === 1 ? 'One more finding has' : `${elsewhere} more findings have`;
  return [
    element('p', { class: `verdict ${state}` }, element('strong', {}, `${VERDICTS[state]}. `), prose(verdict)),
    element('ol', { class: 'way' }, stops),
    ...stations.map(station => stationPart(app, station)),
    element('p', { class: 'soft' }, elsewhere > 0 ? `${more} nothing to do with this login.` : ''),
    element('p', { class: 'soft' }, 'No machine and no directory was asked: `prosodist doctor` does both.'.replaceAll('`', '')),
  ];
}

/** The fragment of the address belongs to the links that are shared. */
function jump(event: Event, { station }: ShownStation): void {
  event.preventDefault();
  const part = document.getElementById(`station-${station}`);
  part?.scrollIntoView({ block: 'start' });
  part?.focus();
}

function stationPart(app: App, { station, title, does, state, checks, settings }: ShownStation): HTMLElement {
  return element(
    'article',
    { id: `station-${station}`, class: state, tabindex: -1 },
    element('h2', {}, title, ' ', element('span', { class: 'word' }, STATES[state])),
    element('p', { class: 'soft' }, does),
    element(
      'ul',
      { class: 'checks' },
      checks.map(check => checkPart(app, check)),
    ),
    settings.length > 0
      ? element(
          'dl',
          { class: 'settings' },
          settings.map(({ name, value, at }) =>
            element(
              'div',
              {},
              element('dt', {}, element('code', {}, name)),
              element('dd', {}, element('code', {}, value)),
              element('dd', {}, at ? placeLink(app, at) : element('span', { class: 'soft' }, 'default')),
            ),
          ),
        )
      : null,
  );
}

function checkPart(app: App, { state, text, why, help, log, at, rule }: ShownCheck): HTMLElement {
  const isFault = state === 'red' || state === 'amber';
  const isRemark = rule !== null && state === 'green';
  const look: PathState = isRemark ? 'grey' : state;
  const notes = isFault ? [note('Why', why), note('Log', log), note('To do', help)] : [];
  return element(
    'li',
    { class: look },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, isRemark ? 'i' : SIGNS[state]),
    element(
      'div',
      {},
      element(
        'p',
        {},
        element('span', { class: 'hidden' }, `${isRemark ? 'remark' : STATES[state]}: `),
        prose(text),
        ' ',
        at ? placeLink(app, at) : null,
      ),
      notes,
    ),
  );
}

function note(name: string, text: string | null): HTMLElement | null {
  return text === null ? null : element('p', { class: 'note' }, element('span', { class: 'soft' }, `${name}: `), prose(text));
}
