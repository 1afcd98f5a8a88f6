const STATUSES = [
  { key: "open", label: "Open" },
  { key: "pending", label: "Pending" },
  { key: "resolved", label: "Resolved" },
];
const PRIORITIES = {
  urgent: { label: "Urgent", tone: "bad" },
  high: { label: "High", tone: "warn" },
  normal: { label: "Normal", tone: "accent" },
  low: { label: "Low", tone: "muted" },
};

function duration(minutes) {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return hours === 0 ? `${rest} min` : `${hours.toLocaleString()}h ${rest}m`;
}

/** A count that fits a tile. */
const short = (count) => count.toLocaleString(undefined, count < 1e6 ? {} : { notation: "compact", maximumFractionDigits: 1 });

function day(iso) {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : new Date(time).toLocaleDateString(undefined, { dateStyle: "medium", timeZone: "UTC" });
}

function Tile({ label, value, status }) {
  return (
    <div className="wgt-tile wgt-tickets-tile" data-status={status}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** How the tickets are spread over the statuses; hidden from screen readers, as the tiles above it give the numbers. */
function Spread({ totals }) {
  const sum = (list) => list.reduce((tickets, total) => tickets + total.count, 0);
  const all = sum(totals);
  if (all === 0) return null;
  return (
    <svg className="wgt-tickets-spread" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {totals.map(({ key, count }, index) => (
        <rect key={key} data-status={key} x={(100 * sum(totals.slice(0, index))) / all} width={(100 * count) / all} height="10" />
      ))}
    </svg>
  );
}

function Ticket({ ticket }) {
  const priority = PRIORITIES[ticket.priority];
  const status = STATUSES.find(({ key }) => key === ticket.status);
  return (
    <li className="wgt-tickets-item">
      <div className="wgt-tickets-line">
        <span className="wgt-tickets-state" data-status={ticket.status}>
          {status.label}
        </span>
        <span className="wgt-note wgt-tickets-id">{ticket.id}</span>
        {priority && (
          <span className="wgt-pill" data-tone={priority.tone}>
            {priority.label}
          </span>
        )}
      </div>
      <p className="wgt-tickets-subject">{ticket.subject}</p>
      <p className="wgt-note">
        {[ticket.customer, ticket.assignee ? `assigned to ${ticket.assignee}` : "unassigned"].filter(Boolean).join(" · ")}
        {ticket.updatedAt && (
          <span>
            {" · updated "}
            <time dateTime={ticket.updatedAt}>{day(ticket.updatedAt)}</time>
          </span>
        )}
      </p>
    </li>
  );
}

function SupportTicketOverview({ data = {}, theme }) {
  const { title = "Support tickets", tickets = [] } = data;
  const totals = STATUSES.map(({ key, label }) => ({
    key,
    label,
    count: data.totals?.[key] ?? tickets.filter((ticket) => ticket.status === key).length,
  }));

  return (
    <section className="wgt" data-theme={theme} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{title}</h2>
        {data.period && <p className="wgt-note">{data.period}</p>}
      </header>
      <dl className="wgt-tiles">
        {totals.map((total) => (
          <Tile key={total.key} label={total.label} value={short(total.count)} status={total.key} />
        ))}
        {data.firstResponseMinutes !== undefined && <Tile label="First response" value={duration(data.firstResponseMinutes)} />}
        {data.satisfaction !== undefined && (
          <Tile
            label="Satisfaction"
            value={data.satisfaction.toLocaleString(undefined, { style: "percent", maximumFractionDigits: 1 })}
          />
        )}
      </dl>
      <Spread totals={totals} />
      {tickets.length === 0 ? (
        <p className="wgt-empty">No tickets to show right now.</p>
      ) : (
        <ul role="list" aria-label="Tickets">
          {tickets.map((ticket, index) => (
            <Ticket key={index} ticket={ticket} />
          ))}
        </ul>
      )}
    </section>
  );
}

const CSS = `
.wgt-tickets-tile dd { font-size: 1.25rem; line-height: 1.3; }
.wgt-tickets-tile[data-status] dt::before, .wgt-tickets-state::before { content: ""; display: inline-block;
  box-sizing: border-box; width: 0.625rem; height: 0.625rem; margin-right: 0.375rem; vertical-align: -0.0625rem;
  border: 2px solid var(--wgt-tickets-color); border-radius: 50%; background: var(--wgt-tickets-mark, none); }
.wgt [data-status=open] { --wgt-tickets-color: var(--wgt-bad); --wgt-tickets-mark: var(--wgt-bad); }
.wgt [data-status=pending] { --wgt-tickets-color: var(--wgt-warn);
  --wgt-tickets-mark: linear-gradient(90deg, var(--wgt-warn) 50%, transparent 50%); }
.wgt [data-status=resolved] { --wgt-tickets-color: var(--wgt-good); }
.wgt-tickets-spread { display: block; width: 100%; height: 0.5rem; margin: 0.75rem 0 0.875rem; border-radius: 0.25rem; }
.wgt-tickets-spread rect { fill: var(--wgt-tickets-color); stroke: var(--wgt-bg); stroke-width: 2;
  vector-effect: non-scaling-stroke; }
.wgt-tiles + .wgt-empty { margin-top: 0.75rem; }
.wgt-tickets-item { padding: 0.625rem 0; border-top: 1px solid var(--wgt-border); }
.wgt-tickets-item:last-child { padding-bottom: 0; }
.wgt-tickets-line { display: flex; flex-wrap: wrap; gap: 0.125rem 0.625rem; align-items: center; font-size: 0.8125rem; }
.wgt-tickets-id { flex: 1; }
.wgt-tickets-subject { margin: 0.125rem 0; font-weight: 600; }
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

export default SupportTicketOverview;
