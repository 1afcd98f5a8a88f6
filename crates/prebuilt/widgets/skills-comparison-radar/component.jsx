import { useState } from "react";

const WIDTH = 360;
const HEIGHT = 232;
const RADIUS = 84;
const RINGS = [0.25, 0.5, 0.75, 1];
const SHAPES = ["circle", "square", "triangle"];

/** The point at `share` of the radius on axis `index` of `count`; the first axis points up. */
function polar(index, count, share) {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  return [WIDTH / 2 + RADIUS * share * Math.cos(angle), HEIGHT / 2 + RADIUS * share * Math.sin(angle)];
}

const polygon = (shares) => shares.map((share, index) => polar(index, shares.length, share).join(",")).join(" ");
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** A label as one line, or as two broken at the space nearest its middle. */
function labelLines(text) {
  if (text.length <= 13) return [text];
  const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
  const middle = text.length / 2;
  const at = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  const lines = at === undefined ? [text] : [text.slice(0, at), text.slice(at + 1)];
  return lines.map((line) => cut(line, 12));
}

function AxisLabel({ text, index, count }) {
  const [x, y] = polar(index, count, 1 + 11 / RADIUS);
  const side = Math.abs(x - WIDTH / 2) < 8 ? "middle" : x < WIDTH / 2 ? "end" : "start";
  const lines = labelLines(text);
  const lift = y < HEIGHT / 2 - RADIUS ? lines.length - 1 : y > HEIGHT / 2 + RADIUS ? 0 : (lines.length - 1) / 2;
  return (
    <text className="wgt-radar-label" x={x} y={y + 4 - lift * 13} textAnchor={side}>
      {lines.map((line, row) => (
        <tspan key={row} x={x} dy={row * 13}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function Marker({ shape, x, y }) {
  if (shape === "square") return <rect x={x - 3.5} y={y - 3.5} width="7" height="7" />;
  if (shape === "triangle") return <path d={`M${x} ${y - 5}l4.6 8h-9.2z`} />;
  return <circle cx={x} cy={y} r="3.8" />;
}

function Series({ number, shares }) {
  return (
    <g className={`wgt-radar-series wgt-radar-series-${number}`}>
      <polygon points={polygon(shares)} />
      {shares.map((share, index) => {
        const [x, y] = polar(index, shares.length, share);
        return <Marker key={index} shape={SHAPES[number]} x={x} y={y} />;
      })}
    </g>
  );
}

function SkillsComparisonRadar({ data = {}, theme }) {
  const { title = "Skills comparison", skills = [], profiles = [] } = data;
  const [hidden, setHidden] = useState([]);
  const toggle = (number) =>
    setHidden(hidden.includes(number) ? hidden.filter((other) => other !== number) : [...hidden, number]);
  const scale = data.maxScore ?? Math.max(1, ...profiles.flatMap((profile) => profile.scores));
  const score = (profile, index) => profile.scores[index];
  const shares = (profile) => skills.map((_, index) => Math.min(1, Math.max(0, (score(profile, index) ?? 0) / scale)));
  const shown = profiles.filter((_, number) => !hidden.includes(number));
  const empty = skills.length === 0 || profiles.length === 0;
  const charted = !empty && skills.length >= 3; // Two axes span no area: the table says it better.

  return (
    <section className="wgt" data-theme={theme} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{title}</h2>
        {!empty && <p className="wgt-note">Scores from 0 to {scale.toLocaleString()}</p>}
      </header>
      {empty && <p className="wgt-empty">No skills to compare yet.</p>}
      {charted && (
        <div>
          <ul className="wgt-radar-legend" role="list" aria-label="Profiles">
            {profiles.map((profile, number) => (
              <li key={number}>
                <button
                  type="button"
                  className="wgt-radar-toggle"
                  aria-pressed={!hidden.includes(number)}
                  onClick={() => toggle(number)}
                >
                  <svg className={`wgt-radar-series wgt-radar-series-${number}`} viewBox="0 0 14 14" aria-hidden="true">
                    <Marker shape={SHAPES[number]} x={7} y={7} />
                  </svg>
                  {profile.name}
                </button>
              </li>
            ))}
          </ul>
          <svg
            className="wgt-radar-chart"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            role="img"
            aria-label={`Radar chart of ${skills.length} skills for ${shown.map((profile) => profile.name).join(", ") || "no profile"}`}
          >
            {RINGS.map((ring) => (
              <polygon className="wgt-radar-grid" key={ring} points={polygon(skills.map(() => ring))} />
            ))}
            {skills.map((skill, index) => {
              const [x, y] = polar(index, skills.length, 1);
              return <line className="wgt-radar-grid" key={index} x1={WIDTH / 2} y1={HEIGHT / 2} x2={x} y2={y} />;
            })}
            {profiles.map(
              (profile, number) =>
                !hidden.includes(number) && <Series key={number} number={number} shares={shares(profile)} />,
            )}
            {skills.map((skill, index) => (
              <AxisLabel key={index} text={skill} index={index} count={skills.length} />
            ))}
          </svg>
        </div>
      )}
      {!empty && (
        <details className="wgt-radar-details" open={!charted}>
          <summary>Scores as a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Skill</th>
                {profiles.map((profile, number) => (
                  <th scope="col" key={number}>
                    {profile.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {skills.map((skill, index) => (
                <tr key={index}>
                  <th scope="row">{skill}</th>
                  {profiles.map((profile, number) => (
                    <td key={number}>{score(profile, index)?.toLocaleString() ?? "–"}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

const CSS = `
.wgt-radar-legend { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.wgt-radar-toggle { display: flex; gap: 0.375rem; align-items: center; min-height: 1.75rem; padding: 0.125rem 0.625rem;
  border: 1px solid var(--wgt-border); border-radius: 1rem; background: var(--wgt-surface); color: var(--wgt-fg);
  font: inherit; font-size: 0.8125rem; text-align: left; cursor: pointer; }
.wgt-radar-toggle[aria-pressed=false] { background: none; color: var(--wgt-muted); text-decoration: line-through; }
.wgt-radar-toggle:focus-visible, .wgt-radar-details summary:focus-visible { outline: 2px solid var(--wgt-accent);
  outline-offset: 2px; }
.wgt-radar-toggle svg { flex: none; width: 0.875rem; height: 0.875rem; }
.wgt-radar-chart { display: block; width: 100%; max-width: 28rem; margin: 0.5rem auto 0; }
.wgt-radar-grid { fill: none; stroke: var(--wgt-border); }
.wgt-radar-label { fill: var(--wgt-muted); font-size: 12px; }
.wgt-radar-series { color: var(--wgt-accent); fill: currentColor; }
.wgt-radar-series-1 { color: var(--wgt-accent-2); }
.wgt-radar-series-2 { color: var(--wgt-accent-3); }
.wgt-radar-series polygon { fill-opacity: 0.12; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.wgt-radar-series-1 polygon { stroke-dasharray: 7 3; }
.wgt-radar-series-2 polygon { stroke-dasharray: 2 3; }
.wgt-radar-details { margin-top: 0.75rem; }
.wgt-radar-details summary { color: var(--wgt-muted); font-size: 0.8125rem; cursor: pointer; }
.wgt-radar-details table { width: 100%; margin-top: 0.5rem; border-collapse: collapse; }
.wgt-radar-details th, .wgt-radar-details td { padding: 0.3125rem 0.375rem; border-top: 1px solid var(--wgt-border);
  text-align: right; vertical-align: top; }
.wgt-radar-details th:first-child { width: 40%; text-align: left; }
.wgt-radar-details tbody th { font-weight: 400; }
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

export default SkillsComparisonRadar;
