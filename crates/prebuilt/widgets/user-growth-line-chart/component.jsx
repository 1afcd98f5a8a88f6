import { useState } from "react";

const WORDS = {
  en: {
    title: "User growth", empty: "No numbers to chart yet.", users: "Users", activeUsers: "Active users", total: "{count} users",
    up: "up {percent}", down: "down {percent}", same: "unchanged", since: "since {date}", lines: "Lines", date: "Date",
    chart: "Line chart of users from {from} to {to}", table: "Numbers as a table", missing: "Not in the chart, no such date: {dates}",
    active: "More active users than users: {dates}",
    more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Nutzerwachstum", empty: "Noch keine Zahlen.", users: "Nutzer", activeUsers: "Aktive Nutzer", total: "{count} Nutzer",
    up: "plus {percent}", down: "minus {percent}", same: "unverändert", since: "seit {date}", lines: "Linien", date: "Datum",
    chart: "Liniendiagramm der Nutzer vom {from} bis {to}", table: "Zahlen als Tabelle",
    missing: "Nicht im Diagramm, kein gültiges Datum: {dates}", active: "Mehr aktive Nutzer als Nutzer: {dates}",
    more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Crecimiento de usuarios", empty: "Aún no hay cifras.", users: "Usuarios", activeUsers: "Usuarios activos",
    total: "{count} usuarios", up: "sube {percent}", down: "baja {percent}", same: "sin cambios", since: "desde el {date}",
    lines: "Líneas", date: "Fecha", chart: "Gráfico de líneas de usuarios del {from} al {to}", table: "Cifras en tabla",
    missing: "Fuera del gráfico, fecha inexistente: {dates}", active: "Más usuarios activos que usuarios: {dates}",
    more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Croissance des utilisateurs", empty: "Pas encore de chiffres.", users: "Utilisateurs", activeUsers: "Utilisateurs actifs",
    total: "{count} utilisateurs", up: "en hausse de {percent}", down: "en baisse de {percent}", same: "inchangé",
    since: "depuis le {date}", lines: "Courbes", date: "Date", chart: "Courbe des utilisateurs du {from} au {to}",
    table: "Chiffres en tableau", missing: "Hors du graphique, date inexistante : {dates}",
    active: "Plus d’utilisateurs actifs que d’utilisateurs : {dates}",
    more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Kullanıcı artışı", empty: "Henüz gösterilecek sayı yok.", users: "Kullanıcılar", activeUsers: "Etkin kullanıcılar",
    total: "{count} kullanıcı", up: "{percent} artış", down: "{percent} azalış", same: "değişmedi", since: "başlangıç: {date}",
    lines: "Çizgiler", date: "Tarih", chart: "Kullanıcıların çizgi grafiği: {from} – {to}", table: "Sayılar tablo olarak",
    missing: "Grafikte yok, böyle bir tarih yok: {dates}", active: "Etkin kullanıcı sayısı kullanıcı sayısından fazla: {dates}",
    more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "نمو المستخدمين", empty: "لا توجد أرقام بعد.", users: "المستخدمون", activeUsers: "المستخدمون النشطون",
    total: "المستخدمون: {count}", up: "ارتفاع {percent}", down: "انخفاض {percent}", same: "بلا تغيير", since: "منذ {date}",
    lines: "الخطوط", date: "التاريخ", chart: "مخطط خطي للمستخدمين من {from} إلى {to}", table: "الأرقام في جدول",
    missing: "خارج المخطط، تاريخ غير موجود: {dates}", active: "المستخدمون النشطون أكثر من المستخدمين: {dates}",
    more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

const MAX_STEPS = 5;
const MAX_MARKED = 31;
const MAX_LISTED_FLAWS = 5;
const SERIES = ["users", "activeUsers"];

/** The scale's ticks from the top down to 0, a whole 1, 2, 2.5 or 5 times a power of ten apart; the top one is at least `highest`. */
function scaleTicks(highest) {
  const least = Math.max(1, highest / MAX_STEPS);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= least && Number.isInteger(size));
  const steps = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: steps + 1 }, (_, index) => step * (steps - index));
}

/** Maps each point to 0–100 from left to right by its date. */
function positions(points) {
  const times = points.map((point) => timeOf(point.date));
  const span = times[times.length - 1] - times[0];
  return times.map((time) => (span > 0 ? (100 * (time - times[0])) / span : 50));
}

/** The change from the first to the last number, in words; nothing when there is nothing to compare. */
function Growth({ from, to, since, language }) {
  if (!(from > 0)) return null;
  const change = to / from - 1;
  const [arrow, word, tone] = change > 0 ? ["▲", "up", "good"] : change < 0 ? ["▼", "down", "bad"] : ["■", "same", "muted"];
  return (
    <p>
      <span data-tone={tone} className="wgt-growth-change">
        <span aria-hidden="true">{arrow} </span>
        {language.say(word, { percent: language.percent(Math.abs(change)) })}
      </span>
      <span className="wgt-note"> {language.say("since", { date: language.date(since) })}</span>
    </p>
  );
}

/** One series: a line with gaps at missing numbers, and a mark per point unless there are too many. */
function Line({ series, points, xs, y }) {
  const has = (index) => points[index]?.[series] !== undefined;
  const at = (index) => `${xs[index]} ${y(points[index][series])}`;
  const present = points.map((_, index) => index).filter(has);
  const path = present.map((index) => `${has(index - 1) ? "L" : "M"}${at(index)}`).join("");
  const marked = points.length > MAX_MARKED ? present.slice(-1) : present;
  return (
    <g className="wgt-growth-line" data-series={series}>
      {series === "users" && points.length > 1 && <path className="wgt-growth-area" d={`${path}V100H${xs[0]}Z`} />}
      <path className="wgt-growth-stroke" d={path} />
      {marked.map((index) => (
        <path className="wgt-growth-mark" key={index} d={`M${at(index)}h0`} />
      ))}
    </g>
  );
}

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity };

/** The plot, which a pointer or the arrow keys read point by point. Time runs from left to right in every language. */
function Plot({ points, drawn, ticks, label, language }) {
  const { say, number, date } = language;
  const [read, setRead] = useState(); // The point whose tooltip is shown.
  const xs = positions(points);
  const y = (value) => 100 - (100 * value) / ticks[0];
  const last = points.length - 1;
  const at = Math.min(read ?? last, last);
  const isShown = read !== undefined;

  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (100 * (event.clientX - box.left)) / box.width;
    const distance = (index) => Math.abs(xs[index] - x);
    setRead(points.reduce((nearest, _, index) => (distance(index) < distance(nearest) ? index : nearest), 0));
  };
  const move = (event) => {
    if (event.key === "Escape") setRead(undefined);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setRead(Math.min(last, Math.max(0, isShown ? at + step : at)));
  };
  const lines = drawn
    .filter((series) => points[at][series] !== undefined)
    .map((series) => ({ series, text: `${say(series)}: ${number(points[at][series])}` }));

  return (
    <div
      className="wgt-growth-plot"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={at + 1}
      aria-valuetext={[date(points[at].date), ...lines.map(({ text }) => text)].join(", ")}
      onPointerDown={point}
      onPointerMove={point}
      onPointerLeave={() => setRead(undefined)}
      onFocus={() => setRead(at)}
      onBlur={() => setRead(undefined)}
      onKeyDown={move}
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {ticks.map((tick) => (
          <path className="wgt-growth-grid" key={tick} d={`M0 ${y(tick)}H100`} />
        ))}
        {drawn.map((series) => (
          <Line key={series} series={series} points={points} xs={xs} y={y} />
        ))}
        {isShown && <path className="wgt-growth-cursor" d={`M${xs[at]} 0V100`} />}
        {isShown &&
          lines.map(({ series }) => (
            <g className="wgt-growth-line" data-series={series} key={series}>
              <path className="wgt-growth-read" d={`M${xs[at]} ${y(points[at][series])}h0`} />
            </g>
          ))}
      </svg>
      {isShown && (
        <div
          className="wgt-tip wgt-growth-tip"
          dir={language.dir}
          style={xs[at] > 50 ? { right: `calc(${100 - xs[at]}% + 0.625rem)` } : { left: `calc(${xs[at]}% + 0.625rem)` }}
        >
          <p>{date(points[at].date)}</p>
          {lines.map(({ series, text }) => (
            <p key={series}>
              <Key series={series} /> {text}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

/** A segment of the series' line. */
function Key({ series }) {
  return (
    <svg className="wgt-growth-line wgt-growth-key" data-series={series} viewBox="0 0 24 8" aria-hidden="true">
      <path className="wgt-growth-stroke" d="M1 4h22" />
    </svg>
  );
}

function Numbers({ points, drawn, language }) {
  const { say, number, date } = language;
  const [shown, moreButton] = useFirst(points, language);
  return (
    <details className="wgt-growth-details">
      <summary>{say("table")}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("date")}</th>
            {drawn.map((series) => (
              <th scope="col" key={series}>
                {say(series)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((point, index) => (
            <tr key={index}>
              <th scope="row" data-tone={timeOf(point.date) === undefined ? "warn" : undefined}>
                {date(point.date)}
              </th>
              {drawn.map((series) => (
                <td key={series}>{point[series] === undefined ? "–" : number(point[series])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {moreButton}
    </details>
  );
}

function UserGrowthLineChart({ data = {}, theme, locale, dir }) {
  const language = readerLanguage(locale, dir);
  const { say, number, date, list } = language;
  const { title = say("title"), points = [] } = data;
  const sorted = points
    .filter((point) => timeOf(point.date) !== undefined)
    .toSorted((a, b) => timeOf(a.date) - timeOf(b.date));
  const undated = points.filter((point) => timeOf(point.date) === undefined);
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  const drawn = SERIES.filter((series) => points.some((point) => point[series] !== undefined));
  const ticks = scaleTicks(Math.max(...sorted.flatMap((point) => drawn.map((series) => point[series] ?? 0))));
  const flaws = [
    ["missing", undated.map((point) => point.date)],
    ["active", sorted.filter((point) => point.activeUsers > point.users).map((point) => date(point.date))],
  ].filter(([, dates]) => dates.length > 0);
  const listed = (dates) => list(dates.length > MAX_LISTED_FLAWS ? [...dates.slice(0, MAX_LISTED_FLAWS), "…"] : dates);

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{title}</bdi>
        </h2>
        {drawn.length > 1 && (
          <ul className="wgt-growth-legend" role="list" aria-label={say("lines")}>
            {drawn.map((series) => (
              <li key={series}>
                <Key series={series} />
                {say(series)}
              </li>
            ))}
          </ul>
        )}
      </header>
      {points.length === 0 && <p className="wgt-empty">{say("empty")}</p>}
      {sorted.length > 0 && (
        <div>
          <div className="wgt-growth-headline">
            <p className="wgt-growth-latest">{say("total", { count: number(last.users) })}</p>
            {sorted.length > 1 && <Growth from={first.users} to={last.users} since={first.date} language={language} />}
          </div>
          <div className="wgt-growth-chart" dir="ltr">
            <div className="wgt-growth-ticks" aria-hidden="true">
              {ticks.map((tick) => (
                <span key={tick}>
                  <bdi>{number(tick, { notation: "compact", maximumFractionDigits: 1 })}</bdi>
                </span>
              ))}
            </div>
            <Plot
              points={sorted}
              drawn={drawn}
              ticks={ticks}
              label={say("chart", { from: date(first.date), to: date(last.date) })}
              language={language}
            />
            <div className="wgt-growth-dates" aria-hidden="true">
              <bdi>{date(first.date)}</bdi>
              {sorted.length > 1 && <bdi>{date(last.date)}</bdi>}
            </div>
          </div>
        </div>
      )}
      {flaws.map(([kind, dates]) => (
        <p className="wgt-flaw" key={kind}>
          {say(kind, { dates: listed(dates) })}
        </p>
      ))}
      {points.length > 0 && <Numbers points={[...sorted, ...undated]} drawn={drawn} language={language} />}
    </section>
  );
}

const CSS = `
.wgt-growth-headline { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; margin-bottom: 1rem; }
.wgt-growth-latest { font-size: 1.625rem; font-weight: 700; line-height: 1.2; }
.wgt-growth-change { font-weight: 600; }
.wgt-growth-legend { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; color: var(--widget-muted); font-size: 0.8125rem; }
.wgt-growth-legend li { display: flex; gap: 0.375rem; align-items: center; }
.wgt-growth-key { width: 1.5rem; height: 0.5rem; }
.wgt-growth-chart { display: grid; grid-template-columns: auto 1fr; gap: 0.5rem; color: var(--widget-muted); font-size: 0.75rem; }
.wgt-growth-plot { position: relative; border-radius: 0.125rem; cursor: crosshair; touch-action: pan-y; }
.wgt-growth-plot > svg { display: block; width: 100%; height: 11rem; overflow: visible; }
.wgt-growth-ticks { display: flex; flex-direction: column; justify-content: space-between; text-align: right;
  white-space: nowrap; }
.wgt-growth-ticks span { height: 0; line-height: 0; }
.wgt-growth-dates { display: flex; grid-column: 2; gap: 1rem; justify-content: space-between; }
.wgt-growth-dates bdi:only-child { margin: 0 auto; }
.wgt-growth-dates bdi:nth-child(2) { text-align: right; }
.wgt-growth-line { color: var(--widget-accent); }
.wgt-growth-line[data-series=activeUsers] { color: var(--widget-accent-2); }
.wgt-growth-line path, .wgt-growth-grid, .wgt-growth-cursor { fill: none; stroke: currentColor; stroke-width: 2.5;
  stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.wgt-growth-line[data-series=activeUsers] .wgt-growth-stroke { stroke-dasharray: 6 4; }
.wgt-growth-line .wgt-growth-area { fill: currentColor; fill-opacity: 0.12; stroke: none; }
.wgt-growth-line .wgt-growth-mark { stroke-width: 7; stroke-linecap: round; }
.wgt-growth-line .wgt-growth-read { stroke-width: 12; stroke-linecap: round; }
.wgt-growth-grid { stroke: var(--widget-border); stroke-width: 1; }
.wgt-growth-cursor { stroke-width: 1; }
.wgt-growth-tip { top: 0.25rem; width: max-content; max-width: calc(100% - 1.25rem); }
.wgt-growth-tip p:first-child { font-weight: 650; }
.wgt-growth-tip .wgt-growth-key { width: 1rem; }
.wgt-growth-details { margin-top: 0.75rem; }
.wgt-growth-details summary { color: var(--widget-muted); font-size: 0.8125rem; cursor: pointer; }
.wgt-growth-details table { width: 100%; margin-top: 0.5rem; border-collapse: collapse; }
.wgt-growth-details th, .wgt-growth-details td { padding: 0.3125rem 0.375rem; border-top: 1px solid var(--widget-border);
  text-align: end; }
.wgt-growth-details th:first-child { text-align: start; }
.wgt-growth-details tbody th { font-weight: 400; }
`;

// Shared by the pre-built widgets, with the same text in each: language, "show more", styles.

const MAX_SHOWN = 20;
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** The time of an ISO 8601 date; undefined for a date that does not exist, such as "2025-02-30". */
function timeOf(iso) {
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso.slice(0, 10)) ? time : undefined;
}

/** Words, numbers and dates in the reader's language; in the browser's if the locale is unusable. */
function readerLanguage(locale, dir) {
  let tag;
  try {
    [tag] = Intl.getCanonicalLocales(locale);
  } catch {
    // Not a language tag.
  }
  tag ??= new Intl.NumberFormat().resolvedOptions().locale;
  const words = WORDS[tag.split("-")[0]] ?? WORDS.en;
  const isRightToLeft = dir === "rtl" || RIGHT_TO_LEFT.test(tag);
  // Isolates prevent a Latin name from reordering the Arabic words around it.
  const isolate = (value) => (isRightToLeft ? `\u2068${value}\u2069` : value);
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => isolate(values[name]));
  const number = (value, options) => value.toLocaleString(tag, options);
  const date = (iso, options = { dateStyle: "medium" }) => {
    const time = timeOf(iso);
    if (time === undefined) return say("noDate", { date: iso });
    return new Date(time).toLocaleDateString(tag, { timeZone: "UTC", ...options });
  };
  const percent = (ratio) => number(ratio, { style: "percent", maximumFractionDigits: 1 });
  const list = (items) => new Intl.ListFormat(tag).format(items.map(isolate));
  return { tag, say, number, date, percent, list, dir: isRightToLeft ? "rtl" : dir };
}

/** The first 20 items until the reader shows the rest, and the button for that. */
function useFirst(items, { say, number }) {
  const [isOpen, setOpen] = useState(false);
  const rest = items.length - MAX_SHOWN;
  const button = rest > 0 && (
    <button type="button" className="wgt-button wgt-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
      {isOpen ? say("less") : say("more", { count: number(rest) })}
    </button>
  );
  return [isOpen ? items : items.slice(0, MAX_SHOWN), button];
}

/** The number of columns, about `most`, that leaves no single cell in the last row. */
function columnsFor(count, most) {
  const columns = Math.ceil(count / Math.ceil(count / most)) || 1;
  return columns > 1 && count % columns === 1 ? columns + 1 : columns;
}

/** The columns at a widget width of less than 22, less than 44, and 44 rem or more, for elements of class wgt-cells. */
const cells = (count, narrow, medium, wide) => ({
  "--wgt-narrow": columnsFor(count, narrow), "--wgt-medium": columnsFor(count, medium), "--wgt-wide": columnsFor(count, wide),
});

const BASE_CSS = `
.wgt[data-theme=light] { color-scheme: light; }
.wgt[data-theme=dark] { color-scheme: dark; }
.wgt, .wgt * { box-sizing: border-box; min-width: 0; margin: 0; padding: 0; }
.wgt { container-type: inline-size; padding: 1rem; border: 1px solid var(--widget-border);
  border-radius: var(--widget-radius); background: var(--widget-bg); color: var(--widget-fg);
  font: 0.875rem/1.45 var(--widget-font); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.wgt ul, .wgt ol { list-style: none; }
.wgt :focus-visible { outline: 2px solid var(--widget-accent); outline-offset: 2px; }
.wgt-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.125rem 1rem;
  margin-bottom: 0.875rem; }
.wgt-title { font-size: 1rem; font-weight: 650; line-height: 1.3; }
.wgt-note { color: var(--widget-muted); font-size: 0.8125rem; }
.wgt-empty { padding: 1.5rem 1rem; border: 1px dashed var(--widget-border); border-radius: 0.5rem; color: var(--widget-muted);
  text-align: center; }
.wgt-flaw { margin-top: 0.5rem; color: var(--widget-warn); font-size: 0.8125rem; }
.wgt-flaw::before { content: "⚠\\FE0E  "; }
.wgt-button { min-height: 1.75rem; padding: 0.1875rem 0.75rem; border: 1px solid var(--widget-border); border-radius: 0.5rem;
  background: var(--widget-bg); color: var(--widget-fg); font: inherit; font-size: 0.8125rem; font-weight: 600; cursor: pointer; }
.wgt-button:hover { background: var(--widget-surface); }
.wgt-button[data-main] { border-color: var(--widget-accent); background: var(--widget-accent); color: var(--widget-bg); }
.wgt-button[data-main]:hover { filter: brightness(1.08); }
.wgt-button[aria-disabled=true] { border: 1px dashed var(--widget-border); background: none; color: var(--widget-muted); filter: none;
  cursor: default; }
.wgt-more { display: block; width: 100%; margin-top: 0.625rem; }
.wgt-cells { --wgt-columns: var(--wgt-wide); display: flex; flex-wrap: wrap; gap: var(--wgt-gap, 0.5rem); }
.wgt-cells > * { flex: 1 1 calc((100% + var(--wgt-gap, 0.5rem)) / var(--wgt-columns) - var(--wgt-gap, 0.5rem) - 0.01px); }
@container (max-width: 44rem) { .wgt-cells { --wgt-columns: var(--wgt-medium); } }
@container (max-width: 22rem) { .wgt-cells { --wgt-columns: var(--wgt-narrow); } }
.wgt-tile { padding: 0.5rem; border-radius: 0.5rem; background: var(--widget-surface); }
.wgt-tile dt { color: var(--widget-muted); font-size: 0.75rem; }
.wgt-tile dd { font-weight: 650; }
.wgt-tip { position: absolute; z-index: 1; padding: 0.375rem 0.625rem; border: 1px solid var(--widget-border); border-radius: 0.5rem;
  background: var(--widget-bg); box-shadow: 0 2px 8px rgb(0 0 0 / 0.18); color: var(--widget-fg); font-size: 0.75rem; pointer-events: none; }
.wgt-pill { display: inline-block; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; font-size: 0.75rem;
  font-weight: 600; }
.wgt-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wgt [data-tone=muted] { color: var(--widget-muted); }
.wgt [data-tone=accent] { color: var(--widget-accent); }
.wgt [data-tone=good] { color: var(--widget-good); }
.wgt [data-tone=warn] { color: var(--widget-warn); }
.wgt [data-tone=bad] { color: var(--widget-bad); }
`;

export default UserGrowthLineChart;
