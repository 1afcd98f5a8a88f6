import { useState } from "react";

const WORDS = {
  en: {
    title: "Skills comparison", empty: "No skills to compare yet.", range: "Scores from 0 to {max}", profiles: "Profiles",
    chart: "Radar chart of skills: {skills}", skill: "Skill", table: "Scores as a table", past: "Past the maximum of {max}: {scores}",
    extra: "More scores than skills: {profiles}",
    more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Vergleich der Fähigkeiten", empty: "Noch keine Fähigkeiten zum Vergleichen.", range: "Werte von 0 bis {max}", profiles: "Profile",
    chart: "Netzdiagramm der Fähigkeiten: {skills}", skill: "Fähigkeit", table: "Werte als Tabelle",
    past: "Über dem Höchstwert {max}: {scores}", extra: "Mehr Werte als Fähigkeiten: {profiles}",
    more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Comparación de competencias", empty: "Aún no hay competencias que comparar.", range: "Puntuaciones de 0 a {max}",
    profiles: "Perfiles", chart: "Gráfico radial de competencias: {skills}", skill: "Competencia", table: "Puntuaciones en tabla",
    past: "Por encima del máximo de {max}: {scores}", extra: "Más puntuaciones que competencias: {profiles}",
    more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Comparaison des compétences", empty: "Pas encore de compétences à comparer.", range: "Scores de 0 à {max}", profiles: "Profils",
    chart: "Graphique radar des compétences : {skills}", skill: "Compétence", table: "Scores en tableau",
    past: "Au-delà du maximum de {max} : {scores}", extra: "Plus de scores que de compétences : {profiles}",
    more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Beceri karşılaştırması", empty: "Henüz karşılaştırılacak beceri yok.", range: "0 ile {max} arası puanlar", profiles: "Profiller",
    chart: "Becerilerin radar grafiği: {skills}", skill: "Beceri", table: "Puanlar tablo olarak",
    past: "En yüksek puan {max} aşıldı: {scores}", extra: "Puan sayısı beceri sayısından fazla: {profiles}",
    more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "مقارنة المهارات", empty: "لا توجد مهارات للمقارنة بعد.", range: "الدرجات من 0 إلى {max}", profiles: "الملفات",
    chart: "مخطط راداري للمهارات: {skills}", skill: "المهارة", table: "الدرجات في جدول", past: "فوق الحد الأقصى {max}: {scores}",
    extra: "درجات أكثر من المهارات: {profiles}",
    more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

const WIDTH = 360;
const HEIGHT = 232;
const RADIUS = 84;
const RINGS = [0.25, 0.5, 0.75, 1];
const SHAPES = ["circle", "square", "triangle"];
const MAX_LINE = 13; // Characters that fit next to the chart.
const MAX_TALL_LABELS = 8; // Labels of two lines that fit around the chart.

/** The point at `share` of the radius on axis `index` of `count`; the first axis points up. */
function polar(index, count, share) {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  return [WIDTH / 2 + RADIUS * share * Math.cos(angle), HEIGHT / 2 + RADIUS * share * Math.sin(angle)];
}

/** The corners of the shares; an axis without a score has none. */
const polygon = (shares) =>
  shares
    .map((share, index) => share !== undefined && polar(index, shares.length, share).join(","))
    .filter(Boolean)
    .join(" ");

/** A label in one line, or in two broken at the space nearest its middle; undefined if it does not fit next to the chart. */
function labelLines(text) {
  if (text.length <= MAX_LINE) return [text];
  const middle = text.length / 2;
  const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
  const at = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  const lines = at === undefined ? [text] : [text.slice(0, at), text.slice(at + 1)];
  return lines.every((line) => line.length <= MAX_LINE) ? lines : undefined;
}

function AxisLabel({ lines, index, count, className }) {
  const [x, y] = polar(index, count, 1 + 11 / RADIUS);
  const side = Math.abs(x - WIDTH / 2) < 8 ? "middle" : x < WIDTH / 2 ? "end" : "start";
  const lift = y < HEIGHT / 2 - RADIUS ? lines.length - 1 : y > HEIGHT / 2 + RADIUS ? 0 : (lines.length - 1) / 2;
  return (
    <text className={className} x={x} y={y + 4 - lift * 13} textAnchor={side}>
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

/** The series' mark, in texts. */
function Key({ number }) {
  return (
    <svg className={`wgt-radar-key wgt-radar-series wgt-radar-series-${number}`} viewBox="0 0 14 14" aria-hidden="true">
      <Marker shape={SHAPES[number]} x={7} y={7} />
    </svg>
  );
}

function Series({ number, shares }) {
  return (
    <g className={`wgt-radar-series wgt-radar-series-${number}`}>
      <polygon points={polygon(shares)} />
      {shares.map((share, index) => {
        const [x, y] = polar(index, shares.length, share ?? 0);
        return share !== undefined && <Marker key={index} shape={SHAPES[number]} x={x} y={y} />;
      })}
    </g>
  );
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The chart, which a pointer or the arrow keys read skill by skill. Labels that do not fit become numbers with a list below. */
function Chart({ skills, series, share, score, language }) {
  const { say, number, list } = language;
  const [read, setRead] = useState(); // The skill whose tooltip is shown.
  const count = skills.length;
  const at = Math.min(read ?? 0, count - 1);
  const isShown = read !== undefined;
  const labels = skills.map(labelLines);
  const isNumbered = labels.some((lines) => !lines || (lines.length > 1 && count > MAX_TALL_LABELS));
  const [x, y] = polar(at, count, 1);

  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const angle = Math.atan2(event.clientY - box.top - box.height / 2, event.clientX - box.left - box.width / 2) + Math.PI / 2;
    setRead((Math.round((count * angle) / (2 * Math.PI)) + count) % count);
  };
  const move = (event) => {
    if (event.key === "Escape") setRead(undefined);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setRead(isShown ? (at + step + count) % count : at);
  };
  const lines = series.map(({ profile, number: key }) => ({
    key,
    text: `${profile.name}: ${score(profile, at) === undefined ? "–" : number(score(profile, at))}`,
  }));

  return (
    <div data-numbered={isNumbered}>
      <div
        className="wgt-radar-plot"
        role="slider"
        tabIndex={0}
        aria-label={say("chart", { skills: list(skills) })}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={at + 1}
        aria-valuetext={[skills[at], ...lines.map(({ text }) => text)].join(", ")}
        onPointerDown={point}
        onPointerMove={point}
        onPointerLeave={() => setRead(undefined)}
        onFocus={() => setRead(at)}
        onBlur={() => setRead(undefined)}
        onKeyDown={move}
      >
        <svg className="wgt-radar-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
          {RINGS.map((ring) => (
            <polygon className="wgt-radar-grid" key={ring} points={polygon(skills.map(() => ring))} />
          ))}
          {skills.map((_, index) => {
            const [endX, endY] = polar(index, count, 1);
            const isRead = isShown && index === at;
            return <line className="wgt-radar-grid" data-read={isRead} key={index} x1={WIDTH / 2} y1={HEIGHT / 2} x2={endX} y2={endY} />;
          })}
          {series.map(({ profile, number: key }) => (
            <Series key={key} number={key} shares={skills.map((_, index) => share(profile, index))} />
          ))}
          {labels.map(
            (label, index) =>
              !isNumbered && <AxisLabel key={index} className="wgt-radar-label" lines={label} index={index} count={count} />,
          )}
          {skills.map((_, index) => (
            <AxisLabel key={index} className="wgt-radar-number" lines={[number(index + 1)]} index={index} count={count} />
          ))}
        </svg>
        {isShown && (
          <div
            className="wgt-tip wgt-radar-tip"
            style={{
              left: `${(100 * x) / WIDTH}%`,
              top: `${(100 * y) / HEIGHT}%`,
              translate: `${(-100 * x) / WIDTH}% ${y > HEIGHT / 2 ? "calc(-100% - 0.75rem)" : "0.75rem"}`,
            }}
          >
            <p>
              <bdi>{skills[at]}</bdi>
            </p>
            {lines.map(({ key, text }) => (
              <p key={key}>
                <Key number={key} /> <bdi>{text}</bdi>
              </p>
            ))}
          </div>
        )}
      </div>
      <ol className="wgt-radar-names" role="list">
        {skills.map((skill, index) => (
          <li key={index}>
            <strong>{number(index + 1)}</strong> <bdi>{skill}</bdi>
          </li>
        ))}
      </ol>
    </div>
  );
}

function SkillsComparisonRadar({ data = {}, theme, locale, dir }) {
  const language = readerLanguage(locale, dir);
  const { say, number, list } = language;
  const { title = say("title"), skills = [], profiles = [] } = data;
  const [hidden, setHidden] = useState([]);
  const toggle = (key) => setHidden(hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key]);
  const scale = data.maxScore ?? Math.max(1, ...profiles.flatMap((profile) => profile.scores));
  const score = (profile, index) => profile.scores[index];
  const share = (profile, index) => profile.scores[index] && Math.min(1, profile.scores[index] / scale);
  const series = profiles.map((profile, key) => ({ profile, number: key })).filter(({ number: key }) => !hidden.includes(key));
  const empty = skills.length === 0 || profiles.length === 0;
  const charted = !empty && skills.length >= 3; // Two axes span no area: the table says it better.
  const past = profiles.flatMap((profile) =>
    skills
      .map((skill, index) => score(profile, index) > scale && `${profile.name}, ${skill} (${number(score(profile, index))})`)
      .filter(Boolean),
  );
  const extra = profiles.filter((profile) => profile.scores.length > skills.length).map((profile) => profile.name);

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{title}</bdi>
        </h2>
        {!empty && <p className="wgt-note">{say("range", { max: number(scale) })}</p>}
      </header>
      {empty && <p className="wgt-empty">{say("empty")}</p>}
      {charted && (
        <div>
          <ul className="wgt-radar-legend" role="list" aria-label={say("profiles")}>
            {profiles.map((profile, key) => (
              <li key={key}>
                <button type="button" className="wgt-radar-toggle" aria-pressed={!hidden.includes(key)} onClick={() => toggle(key)}>
                  <Key number={key} />
                  <bdi>{profile.name}</bdi>
                </button>
              </li>
            ))}
          </ul>
          <Chart skills={skills} series={series} share={share} score={score} language={language} />
        </div>
      )}
      {!empty && past.length > 0 && <p className="wgt-flaw">{say("past", { max: number(scale), scores: list(past) })}</p>}
      {!empty && extra.length > 0 && <p className="wgt-flaw">{say("extra", { profiles: list(extra) })}</p>}
      {!empty && (
        <details className="wgt-radar-details" open={!charted}>
          <summary>{say("table")}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{say("skill")}</th>
                {profiles.map((profile, key) => (
                  <th scope="col" key={key}>
                    <bdi>{profile.name}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {skills.map((skill, index) => (
                <tr key={index}>
                  <th scope="row">
                    <bdi>{skill}</bdi>
                  </th>
                  {profiles.map((profile, key) => (
                    <td key={key} data-tone={score(profile, index) > scale ? "warn" : undefined}>
                      {score(profile, index) === undefined ? "–" : number(score(profile, index))}
                    </td>
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
  border: 1px solid var(--widget-border); border-radius: 1rem; background: var(--widget-surface); color: var(--widget-fg);
  font: inherit; font-size: 0.8125rem; text-align: start; cursor: pointer; }
.wgt-radar-toggle[aria-pressed=false] { background: none; color: var(--widget-muted); text-decoration: line-through; }
.wgt-radar-key { flex: none; width: 0.875rem; height: 0.875rem; vertical-align: -0.125rem; }
.wgt-radar-plot { position: relative; max-width: 28rem; margin: 0.5rem auto 0; border-radius: 0.5rem; touch-action: pan-y; }
.wgt-radar-chart { display: block; width: 100%; aspect-ratio: 360 / 232; }
.wgt-radar-grid { fill: none; stroke: var(--widget-border); }
.wgt-radar-grid[data-read=true] { stroke: var(--widget-fg); }
.wgt-radar-label, .wgt-radar-number { direction: ltr; fill: var(--widget-muted); font-size: 12px; }
.wgt-radar-number, .wgt-radar-names { display: none; }
[data-numbered=true] .wgt-radar-number { display: block; }
[data-numbered=true] .wgt-radar-names { display: grid; }
@container (max-width: 22rem) {
  .wgt-radar-chart { aspect-ratio: auto; height: 17rem; }
  .wgt-radar-label { display: none; }
  .wgt-radar-number { display: block; }
  .wgt-radar-names { display: grid; }
}
.wgt-radar-names { grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: 0.125rem 0.75rem; margin-top: 0.5rem;
  color: var(--widget-muted); font-size: 0.8125rem; }
.wgt-radar-names strong { display: inline-block; min-width: 1.25rem; color: var(--widget-fg); }
.wgt-radar-series { color: var(--widget-accent); fill: currentColor; }
.wgt-radar-series-1 { color: var(--widget-accent-2); }
.wgt-radar-series-2 { color: var(--widget-accent-3); }
.wgt-radar-series polygon { fill-opacity: 0.12; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.wgt-radar-series-1 polygon { stroke-dasharray: 7 3; }
.wgt-radar-series-2 polygon { stroke-dasharray: 2 3; }
.wgt-radar-tip { width: max-content; max-width: 75%; }
.wgt-radar-tip p:first-child { font-weight: 650; }
.wgt-radar-details { margin-top: 0.75rem; }
.wgt-radar-details summary { color: var(--widget-muted); font-size: 0.8125rem; cursor: pointer; }
.wgt-radar-details table { width: 100%; margin-top: 0.5rem; border-collapse: collapse; }
.wgt-radar-details th, .wgt-radar-details td { padding: 0.3125rem 0.375rem; border-top: 1px solid var(--widget-border);
  text-align: end; vertical-align: top; }
.wgt-radar-details th:first-child { width: 40%; text-align: start; }
.wgt-radar-details tbody th { font-weight: 400; }
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

export default SkillsComparisonRadar;
