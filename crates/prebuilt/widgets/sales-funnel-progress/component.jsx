const percent = (ratio) => ratio.toLocaleString(undefined, { style: "percent", maximumFractionDigits: 1 });

/** Half of a bar's width, at most 50; a stage with a few deals stays visible, one with none has no bar. */
const halfWidth = (count, largest) => (count > 0 ? Math.min(50, Math.max(0.75, (50 * count) / largest)) : 0);

/** A bar as wide as its stage, and in it the share that goes on, narrowing to the next stage's width. */
function Segment({ count, onward, largest }) {
  const from = halfWidth(count, largest);
  const to = halfWidth(onward, largest);
  return (
    <svg className="wgt-funnel-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="wgt-funnel-track" width="100" height="10" />
      <rect className="wgt-funnel-stage-bar" x={50 - from} width={2 * from} height="10" />
      <polygon className="wgt-funnel-fill" points={`${50 - from},0 ${50 + from},0 ${50 + to},10 ${50 - to},10`} />
    </svg>
  );
}

function SalesFunnelProgress({ data = {}, theme }) {
  const { title = "Sales funnel", stages = [] } = data;
  const largest = Math.max(1, ...stages.map((stage) => stage.count));
  const first = stages[0];
  const last = stages[stages.length - 1];
  const onward = (stage, next) => (next ? next.count : stage.count * (stage.conversionRate ?? 1));

  return (
    <section className="wgt" data-theme={theme} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{title}</h2>
        {stages.length > 1 && first.count > 0 && (
          <p className="wgt-note">
            {percent(last.count / first.count)} from {first.name} to {last.name}
          </p>
        )}
      </header>
      {stages.length === 0 ? (
        <p className="wgt-empty">No stages in this pipeline yet.</p>
      ) : (
        <ol role="list">
          {stages.map((stage, index) => (
            <li className="wgt-funnel-stage" key={index}>
              <div className="wgt-funnel-row">
                <span className="wgt-funnel-name">{stage.name}</span>
                <span className="wgt-funnel-figures">
                  <strong>{stage.count.toLocaleString()}</strong>
                  {stage.value && <span className="wgt-note"> · {stage.value}</span>}
                </span>
              </div>
              <Segment count={stage.count} onward={onward(stage, stages[index + 1])} largest={largest} />
              {stage.conversionRate !== undefined && (
                <p className="wgt-funnel-rate">
                  <span aria-hidden="true">↓ </span>
                  <strong>{percent(stage.conversionRate)}</strong> conversion
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const CSS = `
.wgt-funnel-stage { padding-bottom: 0.625rem; }
.wgt-funnel-stage:last-child { padding-bottom: 0; }
.wgt-funnel-row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; margin-bottom: 0.25rem; }
.wgt-funnel-name { font-weight: 600; }
.wgt-funnel-figures { margin-left: auto; text-align: right; }
.wgt-funnel-bar { display: block; width: 100%; height: 2.25rem; border-radius: 0.375rem; }
.wgt-funnel-track { fill: var(--wgt-surface); }
.wgt-funnel-stage-bar { fill: var(--wgt-accent); fill-opacity: 0.2; }
.wgt-funnel-fill { fill: var(--wgt-accent); }
.wgt-funnel-rate { margin-top: 0.25rem; color: var(--wgt-muted); font-size: 0.8125rem; text-align: center; }
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

export default SalesFunnelProgress;
