// A picture of how time grows with size: both axes logarithmic, so that what is in proportion is a straight line along the
// diagonals of the grid.
const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 200;
const TOP = 24;
const BOTTOM = 52;
/** Told apart also by people who see fewer colours, and by their marks; readable on white and on black. */
const LOOKS = [
  { colour: '#3d8bfd', mark: (x, y) => `<circle cx="${x}" cy="${y}" r="5"/>` },
  { colour: '#e8871e', mark: (x, y) => `<rect x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"/>` },
  { colour: '#8f8f8f', mark: (x, y) => `<path d="M${x - 6} ${y + 5}h12l-6 -11z"/>` },
  { colour: '#c05fc9', mark: (x, y) => `<path d="M${x} ${y - 6}l6 6l-6 6l-6 -6z"/>` },
];

/**
 * Draws series of points. The picture follows the theme of who looks at it, ground and all.
 * @param title what it shows, for who does not see it
 * @param series `{ name, points: [[bytes, milliseconds], …] }`
 * @returns SVG
 */
export function growthChart(title, series) {
  const drawn = series.filter(({ points }) => points.length > 1);
  const [left, right] = decades(drawn.flatMap(({ points }) => points.map(([bytes]) => bytes)));
  const [bottom, top] = decades(drawn.flatMap(({ points }) => points.map(([, time]) => time)));
  const x = bytes => round(LEFT + ((Math.log10(bytes) - left) / (right - left)) * (WIDTH - LEFT - RIGHT));
  const y = time => round(HEIGHT - BOTTOM - ((Math.log10(time) - bottom) / (top - bottom)) * (HEIGHT - TOP - BOTTOM));
  const upright = range(left, right).map(
    power => `<path class="grid" d="M${x(10 ** power)} ${TOP}V${HEIGHT - BOTTOM}"/>
<text x="${x(10 ** power)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${bytesText(power)}</text>`,
  );
  const level = range(bottom, top).map(
    power => `<path class="grid" d="M${LEFT} ${y(10 ** power)}H${WIDTH - RIGHT}"/>
<text x="${LEFT - 8}" y="${y(10 ** power) + 4}" text-anchor="end">${timeText(power)}</text>`,
  );
  const names = apart(drawn.map(({ points }) => y(points.at(-1)[1])));
  const end = Math.max(...drawn.map(({ points }) => x(points.at(-1)[0])));
  // behind the end of the line; of one that ends before the others, above it, where no other is
  const nameAt = ([across, down], height, name) =>
    across < end
      ? `<text class="name" x="${across - 12}" y="${down - 12}" text-anchor="end">${name}</text>`
      : `<text class="name" x="${across + 14}" y="${height + 4}">${name}</text>`;
  const lines = drawn.map(({ name, points }, index) => {
    const { colour, mark } = LOOKS[index % LOOKS.length];
    const places = points.map(([bytes, time]) => [x(bytes), y(time)]);
    return `<g fill="${colour}"><path d="M${places.map(place => place.join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="2.5"/>
${places.map(place => mark(...place)).join('')}
${nameAt(places.at(-1), names[index], escaped(name))}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #4a4f57; }
  .name { font-weight: 600; fill: inherit; }
  .ground { fill: #ffffff; }
  .grid { stroke: #d5d9de; }
  @media (prefers-color-scheme: dark) {
    text { fill: #b3bac3; }
    .ground { fill: #14181e; }
    .grid { stroke: #343b44; }
  }
</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="8"/>
${[...upright, ...level, ...lines].join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">size of the file</text>
</svg>
`;
}

/** The powers of ten around some values. */
function decades(values) {
  return [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Heights of names that do not cover each other, in the order of the lines. */
function apart(heights) {
  const sorted = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  let last = Number.NEGATIVE_INFINITY;
  const out = [...heights];
  for (const { height, index } of sorted) {
    last = Math.max(height, last + 18);
    out[index] = last;
  }
  return out;
}

function bytesText(power) {
  return power >= 6 ? `${10 ** (power - 6)} MB` : power >= 3 ? `${10 ** (power - 3)} KB` : `${10 ** power} B`;
}

function timeText(power) {
  return power >= 3 ? `${10 ** (power - 3)} s` : `${10 ** power} ms`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
