import { useState } from "react";

const WORDS = {
  en: {
    title: "Sales funnel", empty: "No stages in this pipeline yet.", overall: "{percent} from {first} to {last}",
    conversion: "{percent} conversion", share: "{percent} of {stage}", differs: "the counts give {percent}",
    grows: "{stage} has more deals than {before}, the stage before it.",
    more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Vertriebstrichter", empty: "Diese Pipeline hat noch keine Phasen.", overall: "{percent} von {first} bis {last}",
    conversion: "{percent} Konversion", share: "{percent} von {stage}", differs: "die Zahlen ergeben {percent}",
    grows: "{stage} hat mehr Abschlüsse als {before}, die Phase davor.",
    more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Embudo de ventas", empty: "Este embudo aún no tiene etapas.", overall: "{percent} de {first} a {last}",
    conversion: "{percent} de conversión", share: "{percent} de {stage}", differs: "las cifras dan {percent}",
    grows: "{stage} tiene más oportunidades que {before}, la etapa anterior.",
    more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Entonnoir de vente", empty: "Ce pipeline n’a pas encore d’étapes.", overall: "{percent} de {first} à {last}",
    conversion: "{percent} de conversion", share: "{percent} de {stage}", differs: "les nombres donnent {percent}",
    grows: "{stage} compte plus d’affaires que {before}, l’étape précédente.",
    more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Satış hunisi", empty: "Bu hunide henüz aşama yok.", overall: "{first} → {last}: {percent}",
    conversion: "{percent} dönüşüm", share: "{stage} aşamasının {percent} kadarı", differs: "sayılara göre {percent}",
    grows: "{stage}, önceki aşama olan {before} aşamasından daha fazla fırsat içeriyor.",
    more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "مسار المبيعات", empty: "لا توجد مراحل في هذا المسار بعد.", overall: "{percent} من {first} إلى {last}",
    conversion: "معدل التحويل {percent}", share: "{percent} من {stage}", differs: "الأعداد تعطي {percent}",
    grows: "تضم {stage} صفقات أكثر من المرحلة السابقة {before}.",
    more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

/** Half of a bar's width, at most 50. A stage with few deals stays visible; one without deals has no bar. */
const halfWidth = (count, largest) => (count > 0 ? Math.min(50, Math.max(0.75, (50 * count) / largest)) : 0);

/** A bar with the width of its stage. The share that reaches the next stage narrows to that stage's width. */
function Segment({ count, onward, largest }) {
  const from = halfWidth(count, largest);
  const to = halfWidth(onward, largest);
  return (
    <svg className="wgt-funnel-drawing" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="wgt-funnel-track" width="100" height="10" />
      <rect className="wgt-funnel-stage-bar" x={50 - from} width={2 * from} height="10" />
      <polygon className="wgt-funnel-fill" points={`${50 - from},0 ${50 + from},0 ${50 + to},10 ${50 - to},10`} />
    </svg>
  );
}

/** The tooltip of a stage: its name, its counts, and its shares of the first and the previous stage. */
function reading(stages, index, { say, number, percent }) {
  const { name, count, value } = stages[index];
  const others = [...new Set([0, index - 1])].filter((other) => other >= 0 && other < index && stages[other].count > 0);
  return [
    name,
    [number(count), value].filter(Boolean).join(" · "),
    others.map((other) => say("share", { percent: percent(count / stages[other].count), stage: stages[other].name })).join(" · "),
  ].filter(Boolean);
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

function Rate({ stage, next, language }) {
  const { say, percent } = language;
  if (stage.conversionRate === undefined) return null;
  const counted = next && stage.count > 0 ? next.count / stage.count : stage.conversionRate;
  return (
    <p className="wgt-funnel-rate">
      <span aria-hidden="true">↓ </span>
      {say("conversion", { percent: percent(stage.conversionRate) })}
      {Math.abs(counted - stage.conversionRate) > 0.01 && (
        <span data-tone="warn"> ({say("differs", { percent: percent(counted) })})</span>
      )}
    </p>
  );
}

function SalesFunnelProgress({ data = {}, theme, locale, dir }) {
  const language = readerLanguage(locale, dir);
  const { say, number, percent } = language;
  const { title = say("title"), stages = [] } = data;
  const [read, setRead] = useState(); // The stage whose tooltip is shown.
  const [stop, setStop] = useState(0); // The stage that Tab reaches.
  const largest = Math.max(1, ...stages.map((stage) => stage.count));
  const first = stages[0];
  const last = stages[stages.length - 1];
  const onward = (stage, next) => (next ? Math.min(next.count, stage.count) : stage.count * (stage.conversionRate ?? 1));

  const move = (event) => {
    if (event.key === "Escape") setRead(undefined);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.min(stages.length - 1, Math.max(0, stop + step));
    event.currentTarget.querySelectorAll(".wgt-funnel-bar")[to].focus();
  };

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{title}</bdi>
        </h2>
        {stages.length > 1 && first.count > 0 && (
          <p className="wgt-note">
            {say("overall", { percent: percent(last.count / first.count), first: first.name, last: last.name })}
          </p>
        )}
      </header>
      {stages.length === 0 ? (
        <p className="wgt-empty">{say("empty")}</p>
      ) : (
        <ol role="list" onKeyDown={move}>
          {stages.map((stage, index) => (
            <li className="wgt-funnel-stage" key={index}>
              <div className="wgt-funnel-row">
                <span className="wgt-funnel-name">
                  <bdi>{stage.name}</bdi>
                </span>
                <span className="wgt-funnel-figures">
                  <strong>{number(stage.count)}</strong>
                  {stage.value && (
                    <span className="wgt-note">
                      {" · "}
                      <bdi>{stage.value}</bdi>
                    </span>
                  )}
                </span>
              </div>
              <div
                className="wgt-funnel-bar"
                role="img"
                aria-label={reading(stages, index, language).join(", ")}
                tabIndex={index === Math.min(stop, stages.length - 1) ? 0 : -1}
                onFocus={() => [setStop(index), setRead(index)]}
                onBlur={() => setRead(undefined)}
                onPointerEnter={() => setRead(index)}
                onPointerLeave={() => setRead(undefined)}
              >
                <Segment count={stage.count} onward={onward(stage, stages[index + 1])} largest={largest} />
                {read === index && (
                  <div className="wgt-tip wgt-funnel-tip" data-below={index === 0 && stages.length > 1}>
                    {reading(stages, index, language).map((line) => (
                      <p key={line}>
                        <bdi>{line}</bdi>
                      </p>
                    ))}
                  </div>
                )}
              </div>
              <Rate stage={stage} next={stages[index + 1]} language={language} />
              {index > 0 && stage.count > stages[index - 1].count && (
                <p className="wgt-flaw">{say("grows", { stage: stage.name, before: stages[index - 1].name })}</p>
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
.wgt-funnel-figures { margin-inline-start: auto; text-align: end; }
.wgt-funnel-bar { position: relative; border-radius: 0.375rem; }
.wgt-funnel-drawing { display: block; width: 100%; height: 2.25rem; border-radius: 0.375rem; }
.wgt-funnel-track { fill: var(--widget-surface); }
.wgt-funnel-stage-bar { fill: var(--widget-accent); fill-opacity: 0.2; }
.wgt-funnel-fill { fill: var(--widget-accent); }
.wgt-funnel-rate { margin-top: 0.25rem; color: var(--widget-muted); font-size: 0.8125rem; text-align: center; }
.wgt-funnel-tip { bottom: calc(100% + 0.25rem); left: 50%; width: max-content; max-width: 90%; text-align: center;
  transform: translateX(-50%); }
.wgt-funnel-tip[data-below=true] { top: calc(100% + 0.25rem); bottom: auto; }
.wgt-funnel-tip p:first-child { font-weight: 650; }
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

export default SalesFunnelProgress;
