/** Rows that are shown: the rest takes next to nothing. */
const MOST = 15;

/** What took how long, the slowest first; for `--timing`. */
export function timingText(times: ReadonlyMap<string, number>): string {
  const rows = [...times].sort((a, b) => b[1] - a[1]);
  const total = rows.reduce((sum, [, time]) => sum + time, 0);
  const line = (name: string, time: number) =>
    `${time.toFixed(1).padStart(9)} ms  ${((100 * time) / (total || 1)).toFixed(1).padStart(5)} %  ${name}`;
  const rest = rows.slice(MOST);
  const others =
    rest.length > 0
      ? [
          line(
            `${rest.length} more`,
            rest.reduce((sum, [, time]) => sum + time, 0),
          ),
        ]
      : [];
  return `${[...rows.slice(0, MOST).map(([name, time]) => line(name, time)), ...others, line('together', total)].join('\n')}\n`;
}
