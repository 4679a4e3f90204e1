import type { PathState } from '@prosodist/core';
import type { Colours } from '../colour.js';
import { widthOf, wrap } from '../visible.js';
import { type Diagnosis, isRemark, type ShownCheck, type ShownStation } from './diagnosis.js';

export interface PictureStyle {
  readonly colours: Colours;
  readonly width: number;
  /** Draw with letters of ASCII only. */
  readonly ascii: boolean;
}

interface Signs {
  readonly station: Readonly<Record<PathState, string>>;
  readonly check: Readonly<Record<PathState, string>>;
  readonly remark: string;
  readonly line: string;
  readonly broken: string;
  readonly end: string;
}

const DRAWN: Signs = {
  station: { green: '●', amber: '▲', red: '✖', grey: '○' },
  check: { green: '✔', amber: '!', red: '✖', grey: '–' },
  remark: 'i',
  line: '│',
  broken: '┆',
  end: ' ',
};
const ASCII: Signs = {
  station: { green: '(o)', amber: '(!)', red: '(X)', grey: '( )' },
  check: { green: '+', amber: '!', red: 'x', grey: '-' },
  remark: 'i',
  line: ' | ',
  broken: ' : ',
  end: '   ',
};

/** Whether a terminal draws more than ASCII: its locale says UTF-8, and it is not the bare console. locale(7). */
export function drawsAscii(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(value => value !== undefined && value !== '') ?? '';
  return !/utf-?8/i.test(locale) || env.TERM === 'dumb' || env.TERM === 'linux';
}

/** The way of a login as a picture in a terminal: one station below the other, what is wrong beside it. */
export function picture(diagnosis: Diagnosis, style: PictureStyle): string {
  const { colours } = style;
  const signs = style.ascii ? ASCII : DRAWN;
  const titles = Math.max(...diagnosis.stations.map(({ title }) => widthOf(title)));
  const lines = diagnosis.stations.flatMap((station, index) => {
    const edge = diagnosis.edges[index];
    const bar = edge ? paint(colours, edge.state)(edge.state === 'grey' ? signs.broken : signs.line) : signs.end;
    const label = edge && edge.label !== '' ? [`  ${bar}  ${colours.dim(edge.label)}`] : [];
    const gap = edge ? [`  ${bar}`] : [];
    return [...stationLines(station, bar, titles, style, signs), ...gap, ...label, ...(label.length > 0 ? gap : [])];
  });
  return [colours.bold(`Login at ${diagnosis.host}`), '', ...lines, '', ...verdict(diagnosis, style), ''].join('\n');
}

function stationLines(station: ShownStation, bar: string, titles: number, style: PictureStyle, signs: Signs): string[] {
  const { colours, width } = style;
  const colour = paint(colours, station.state);
  const title = station.title + ' '.repeat(titles - widthOf(station.title));
  const indent = `  ${bar}  `;
  const room = Math.max(30, width - 8);
  const head = `  ${colour(signs.station[station.state])}  ${colours.bold(colour(title))}  `;
  const does = wrap(station.does, Math.max(24, width - titles - 8));
  const rest = does.slice(1).map(line => `${indent}${' '.repeat(titles + 2)}${colours.dim(line)}`);
  return [
    `${head}${colours.dim(does[0] ?? '')}`,
    ...rest,
    ...station.settings.flatMap(setting => settingLines(setting, indent, room, colours)),
    ...station.checks.flatMap(check => checkLines(check, indent, room, colours, signs)),
  ];
}

function settingLines(
  { name, value, at }: ShownStation['settings'][number],
  indent: string,
  room: number,
  { dim, cyan }: Colours,
): string[] {
  const [first = '', ...more] = wrap(`${name} = ${value}`, room);
  const place = at === null ? dim('  (default)') : dim(`  ${at}`);
  const lines = [first, ...more.map(line => `  ${line}`)];
  return lines.map((line, index) => `${indent}${cyan(line)}${index === lines.length - 1 ? place : ''}`);
}

function checkLines(check: ShownCheck, indent: string, room: number, colours: Colours, signs: Signs): string[] {
  const colour = paint(colours, check.state);
  const mark = isRemark(check) ? signs.remark : signs.check[check.state];
  const text = wrap(`${check.text}${check.rule === null ? '' : ` [${check.rule}]`}`, room - 2);
  const head = text.map((line, index) => `${indent}${index === 0 ? colour(mark) : ' '.repeat(widthOf(mark))} ${line}`);
  if (check.state === 'green' || check.state === 'grey') return head;
  const notes = [
    ['at', check.at],
    ['why', check.why],
    ['log', check.log],
    ['do', check.help],
  ] as const;
  return [
    ...head,
    ...notes.flatMap(([name, note]) => {
      if (note === null) return [];
      const lead = `${name}:`.padEnd(5);
      return wrap(note, room - 9).map(
        (line, index) =>
          `${indent}  ${index === 0 ? colours.dim(lead) : ' '.repeat(5)}${name === 'do' ? colours.bold(line) : line}`,
      );
    }),
  ];
}

function verdict({ first, state, elsewhere }: Diagnosis, { colours, width }: PictureStyle): string[] {
  const other =
    elsewhere > 0
      ? [`${elsewhere} more ${elsewhere === 1 ? 'finding' : 'findings'} beside the way of this login: prosodist check`]
      : [];
  const word = { red: 'Broken', amber: 'In doubt', green: 'Good', grey: 'Not looked at' }[state];
  const said = first
    ? `${word}, first at ${first.title}: ${first.cause.text}`
    : `${word}: nothing stands in the way of this login`;
  const lines = wrap(said, width);
  return [...lines.map(line => colours.bold(paint(colours, state)(line))), ...other.map(line => colours.dim(line))];
}

function paint(colours: Colours, state: PathState): (text: string) => string {
  return { green: colours.green, amber: colours.yellow, red: colours.red, grey: colours.dim }[state];
}
