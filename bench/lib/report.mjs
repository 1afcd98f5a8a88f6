// The table, as Markdown that also reads well on a terminal.

const HEAD = [
  'connections',
  'contender',
  'requests/s',
  'widgetd is',
  'p50 ms',
  'p99 ms',
  'CPU µs a request, service + PostgreSQL',
  'peak MB',
];

/** `rounds` holds, for each round, the figures by connections and contender's name. The first name is compared. */
export function table(rounds, connections, names) {
  const rows = connections.flatMap((count) => names.map((name) => row(rounds, count, name, names[0])));
  const lines = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const rule = widths.map((width) => '-'.repeat(width));
  const written = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [HEAD, rule, ...rows].map(written).join('\n');
}

function row(rounds, count, name, compared) {
  const figures = rounds.map((round) => round[count][name]);
  const all = (key) => figures.map((figure) => figure[key]);
  // Within a round, other load of the machine was the most similar for both.
  const ratios = rounds.map((round) => round[count][compared].perSecond / round[count][name].perSecond);
  const orNothing = (values) => (values[0] === null ? '–' : short(values));
  const used = [all('serviceMicros'), all('databaseMicros')].map(orNothing);
  return [
    String(count),
    name,
    spread(all('perSecond'), whole),
    name === compared ? '' : `${spread(ratios, decimals(2))} ×`,
    spread(all('p50'), decimals(2)),
    spread(all('p99'), decimals(1)),
    used.join(' + '),
    orNothing(all('memory')),
  ];
}

/** Median, least and most. */
function spread(values, write) {
  const middle = write(median(values));
  return values.length === 1 ? middle : `${middle} (${write(Math.min(...values))}–${write(Math.max(...values))})`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const whole = (value) => Math.round(value).toLocaleString('en');
const decimals = (places) => (value) => value.toFixed(places);
const short = (values) => whole(median(values));
