const MOST_STEPS = 5;
const MOST_MARKED = 31;
const SERIES = [
  { key: "users", label: "Users" },
  { key: "activeUsers", label: "Active users" },
];

const compact = (number) => number.toLocaleString(undefined, { notation: "compact", maximumFractionDigits: 1 });

function day(iso) {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : new Date(time).toLocaleDateString(undefined, { dateStyle: "medium", timeZone: "UTC" });
}

/** The scale's ticks from the top down to 0, a whole 1, 2, 2.5 or 5 times a power of ten apart; the top one is at least `highest`. */
function scaleTicks(highest) {
  const least = Math.max(1, highest / MOST_STEPS);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= least && Number.isInteger(size));
  const steps = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: steps + 1 }, (_, index) => step * (steps - index));
}

/** Maps each point to 0–100 from left to right: by its date, or evenly when the dates do not ascend. */
function positions(points) {
  if (points.length === 1) return [50];
  const times = points.map((point) => Date.parse(point.date));
  const ascending = times.every((time, index) => index === 0 || time > times[index - 1]);
  const places = ascending ? times : points.map((_, index) => index);
  const span = places[places.length - 1] - places[0];
  return places.map((place) => (100 * (place - places[0])) / span);
}

/** The change from the first to the last number, in words; nothing when there is nothing to compare. */
function Growth({ from, to, since }) {
  if (!(from > 0)) return null;
  const change = to / from - 1;
  const text = Math.abs(change).toLocaleString(undefined, { style: "percent", maximumFractionDigits: 1 });
  const [arrow, word, tone] = change > 0 ? ["▲", "up", "good"] : change < 0 ? ["▼", "down", "bad"] : ["■", "unchanged", "muted"];
  return (
    <p>
      <span data-tone={tone} className="wgt-growth-change">
        <span aria-hidden="true">{arrow} </span>
        {word} {change !== 0 && text}
      </span>
      <span className="wgt-note"> since {day(since)}</span>
    </p>
  );
}

/** One series: a line that breaks where a number is missing, and a mark a point unless there are too many. */
function Line({ series, points, xs, y }) {
  const has = (index) => points[index]?.[series.key] !== undefined;
  const at = (index) => `${xs[index]} ${y(points[index][series.key])}`;
  const present = points.map((_, index) => index).filter(has);
  const path = present.map((index) => `${has(index - 1) ? "L" : "M"}${at(index)}`).join("");
  const marked = points.length > MOST_MARKED ? present.slice(-1) : present;
  return (
    <g className="wgt-growth-line" data-series={series.key}>
      {series.key === "users" && points.length > 1 && <path className="wgt-growth-area" d={`${path}V100H${xs[0]}Z`} />}
      <path className="wgt-growth-stroke" d={path} />
      {marked.map((index) => (
        <path className="wgt-growth-mark" key={index} d={`M${at(index)}h0`}>
          <title>{`${day(points[index].date)}: ${points[index][series.key].toLocaleString()} ${series.label.toLowerCase()}`}</title>
        </path>
      ))}
    </g>
  );
}

function Chart({ points, drawn, label }) {
  const ticks = scaleTicks(Math.max(...points.flatMap((point) => drawn.map(({ key }) => point[key] ?? 0))));
  const xs = positions(points);
  const y = (number) => 100 - (100 * number) / ticks[0];
  return (
    <div className="wgt-growth-chart">
      <div className="wgt-growth-ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick}>{compact(tick)}</span>
        ))}
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
        {ticks.map((tick) => (
          <path className="wgt-growth-grid" key={tick} d={`M0 ${y(tick)}H100`} />
        ))}
        {drawn.map((series) => (
          <Line key={series.key} series={series} points={points} xs={xs} y={y} />
        ))}
      </svg>
      <div className="wgt-growth-dates" aria-hidden="true">
        <span>{day(points[0].date)}</span>
        {points.length > 1 && <span>{day(points[points.length - 1].date)}</span>}
      </div>
    </div>
  );
}

function UserGrowthLineChart({ data = {}, theme }) {
  const { title = "User growth", points = [] } = data;
  const first = points[0];
  const last = points[points.length - 1];
  const spoken = (point) => `${point.users.toLocaleString()} on ${day(point.date)}`;
  const drawn = SERIES.filter(({ key }) => points.some((point) => point[key] !== undefined));

  return (
    <section className="wgt" data-theme={theme} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{title}</h2>
        {drawn.length > 1 && (
          <ul className="wgt-growth-legend" role="list" aria-label="Lines">
            {drawn.map((series) => (
              <li key={series.key}>
                <svg className="wgt-growth-line" data-series={series.key} viewBox="0 0 24 8" aria-hidden="true">
                  <path className="wgt-growth-stroke" d="M1 4h22" />
                </svg>
                {series.label}
              </li>
            ))}
          </ul>
        )}
      </header>
      {points.length === 0 ? (
        <p className="wgt-empty">No numbers to chart yet.</p>
      ) : (
        <div>
          <div className="wgt-growth-headline">
            <p>
              <strong className="wgt-growth-latest">{last.users.toLocaleString()}</strong> users
            </p>
            {points.length > 1 && <Growth from={first.users} to={last.users} since={first.date} />}
          </div>
          <Chart
            points={points}
            drawn={drawn}
            label={`Line chart of users: ${spoken(first)}, ${spoken(last)}`}
          />
          <details className="wgt-growth-details">
            <summary>Numbers as a table</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">Date</th>
                  {drawn.map((series) => (
                    <th scope="col" key={series.key}>
                      {series.label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {points.map((point, index) => (
                  <tr key={index}>
                    <th scope="row">{day(point.date)}</th>
                    {drawn.map(({ key }) => (
                      <td key={key}>{point[key]?.toLocaleString() ?? "–"}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </div>
      )}
    </section>
  );
}

const CSS = `
.wgt-growth-headline { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; margin-bottom: 1rem; }
.wgt-growth-latest { font-size: 1.75rem; font-weight: 700; line-height: 1.2; }
.wgt-growth-change { font-weight: 600; }
.wgt-growth-legend { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; color: var(--wgt-muted); font-size: 0.8125rem; }
.wgt-growth-legend li { display: flex; gap: 0.375rem; align-items: center; }
.wgt-growth-legend svg { width: 1.5rem; height: 0.5rem; }
.wgt-growth-chart { display: grid; grid-template-columns: auto 1fr; gap: 0.5rem; color: var(--wgt-muted); font-size: 0.75rem; }
.wgt-growth-chart svg { display: block; width: 100%; height: 11rem; overflow: visible; }
.wgt-growth-ticks { display: flex; flex-direction: column; justify-content: space-between; text-align: right;
  white-space: nowrap; }
.wgt-growth-ticks span { height: 0; line-height: 0; }
.wgt-growth-dates { display: flex; grid-column: 2; gap: 1rem; justify-content: space-between; }
.wgt-growth-dates span:only-child { margin: 0 auto; }
.wgt-growth-dates span:nth-child(2) { text-align: right; }
.wgt-growth-line { color: var(--wgt-accent); }
.wgt-growth-line[data-series=activeUsers] { color: var(--wgt-accent-2); }
.wgt-growth-line path, .wgt-growth-grid { fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linejoin: round;
  vector-effect: non-scaling-stroke; }
.wgt-growth-line[data-series=activeUsers] .wgt-growth-stroke { stroke-dasharray: 6 4; }
.wgt-growth-line .wgt-growth-area { fill: currentColor; fill-opacity: 0.12; stroke: none; }
.wgt-growth-line .wgt-growth-mark { stroke-width: 7; stroke-linecap: round; }
.wgt-growth-grid { stroke: var(--wgt-border); stroke-width: 1; }
.wgt-growth-details { margin-top: 0.75rem; }
.wgt-growth-details summary { color: var(--wgt-muted); font-size: 0.8125rem; cursor: pointer; }
.wgt-growth-details summary:focus-visible { outline: 2px solid var(--wgt-accent); outline-offset: 2px; }
.wgt-growth-details table { width: 100%; margin-top: 0.5rem; border-collapse: collapse; }
.wgt-growth-details th, .wgt-growth-details td { padding: 0.3125rem 0.375rem; border-top: 1px solid var(--wgt-border);
  text-align: right; }
.wgt-growth-details th:first-child { text-align: left; }
.wgt-growth-details tbody th { font-weight: 400; }
`;

// The look of the system widgets, the same words in each of them. A --widget-* variable set on any ancestor wins over these values.
const LIGHT = {
  bg: "#ffffff", surface: "#f3f5f9", fg: "#1a2030", muted: "#525c6e", border: "#d7dde7", accent: "#3355d1",
  "accent-2": "#b0480a", "accent-3": "#0a736e", good: "#0a6e43", warn: "#865100", bad: "#b82436",
};
const DARK = {
  bg: "#14171f", surface: "#1f2430", fg: "#eef1f6", muted: "#a9b2c3", border: "#363e4f", accent: "#8ea8ff",
  "accent-2": "#f5a467", "accent-3": "#5ad0c5", good: "#62d39f", warn: "#f0bd5c", bad: "#ff9096",
};
const tokens = (palette) =>
  Object.entries(palette).map(([token, value]) => `--wgt-${token}: var(--widget-${token}, ${value});`).join(" ");
const BASE_CSS = `
.wgt { ${tokens(LIGHT)} color-scheme: light; }
@media (prefers-color-scheme: dark) { .wgt:not([data-theme=light]) { ${tokens(DARK)} color-scheme: dark; } }
.wgt[data-theme=dark] { ${tokens(DARK)} color-scheme: dark; }
.wgt, .wgt * { box-sizing: border-box; min-width: 0; margin: 0; padding: 0; }
.wgt { padding: 1rem; border: 1px solid var(--wgt-border); border-radius: var(--widget-radius, 0.75rem);
  background: var(--wgt-bg); color: var(--wgt-fg); font: 0.875rem/1.45 var(--widget-font, system-ui, sans-serif);
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.wgt ul, .wgt ol { list-style: none; }
.wgt-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.125rem 1rem;
  margin-bottom: 0.875rem; }
.wgt-title { font-size: 1rem; font-weight: 650; line-height: 1.3; }
.wgt-note { color: var(--wgt-muted); font-size: 0.8125rem; }
.wgt-empty { padding: 1.5rem 1rem; border: 1px dashed var(--wgt-border); border-radius: 0.5rem; color: var(--wgt-muted);
  text-align: center; }
.wgt-tiles { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.wgt-tile { flex: 1 1 6.5rem; padding: 0.5rem; border-radius: 0.5rem; background: var(--wgt-surface); }
.wgt-tile dt { color: var(--wgt-muted); font-size: 0.75rem; }
.wgt-tile dd { font-weight: 650; }
.wgt-pill { display: inline-block; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; font-size: 0.75rem;
  font-weight: 600; }
.wgt [data-tone=muted] { color: var(--wgt-muted); }
.wgt [data-tone=accent] { color: var(--wgt-accent); }
.wgt [data-tone=good] { color: var(--wgt-good); }
.wgt [data-tone=warn] { color: var(--wgt-warn); }
.wgt [data-tone=bad] { color: var(--wgt-bad); }
`;

export default UserGrowthLineChart;
