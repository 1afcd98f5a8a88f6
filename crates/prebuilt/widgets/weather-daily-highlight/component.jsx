import { useState } from "react";

const WORDS = {
  en: {
    title: "Weather", label: "Weather: {location}", clear: "Clear", "partly-cloudy": "Partly cloudy", cloudy: "Cloudy", fog: "Fog",
    wind: "Windy", rain: "Rain", thunderstorm: "Thunderstorm", snow: "Snow", range: "High {high} · Low {low}",
    crossed: "The high is below the low.", precipitation: "Precipitation", humidity: "Humidity", windSpeed: "Wind",
    uvIndex: "UV index", sunrise: "Sunrise", sunset: "Sunset", hours: "Forecast by hour", noHours: "No hourly forecast for this day.",
    noTime: "{time} (no such time)", more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Wetter", label: "Wetter: {location}", clear: "Klar", "partly-cloudy": "Teils bewölkt", cloudy: "Bewölkt", fog: "Nebel",
    wind: "Windig", rain: "Regen", thunderstorm: "Gewitter", snow: "Schnee", range: "Max. {high} · Min. {low}",
    crossed: "Der Höchstwert liegt unter dem Tiefstwert.", precipitation: "Niederschlag", humidity: "Feuchte", windSpeed: "Wind",
    uvIndex: "UV-Index", sunrise: "Aufgang", sunset: "Untergang", hours: "Vorhersage nach Stunden",
    noHours: "Keine stündliche Vorhersage für diesen Tag.",
    noTime: "{time} (keine Uhrzeit)", more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Tiempo", label: "Tiempo: {location}", clear: "Despejado", "partly-cloudy": "Parcialmente nublado", cloudy: "Nublado",
    fog: "Niebla", wind: "Ventoso", rain: "Lluvia", thunderstorm: "Tormenta", snow: "Nieve", range: "Máx. {high} · Mín. {low}",
    crossed: "La máxima es inferior a la mínima.", precipitation: "Lluvia", humidity: "Humedad", windSpeed: "Viento",
    uvIndex: "Índice UV", sunrise: "Amanecer", sunset: "Atardecer", hours: "Previsión por horas",
    noHours: "No hay previsión por horas para este día.",
    noTime: "{time} (hora inexistente)", more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Météo", label: "Météo : {location}", clear: "Dégagé", "partly-cloudy": "Partiellement nuageux", cloudy: "Nuageux",
    fog: "Brouillard", wind: "Venteux", rain: "Pluie", thunderstorm: "Orage", snow: "Neige", range: "Max. {high} · Min. {low}",
    crossed: "Le maximum est inférieur au minimum.", precipitation: "Averses", humidity: "Humidité", windSpeed: "Vent",
    uvIndex: "Indice UV", sunrise: "Lever", sunset: "Coucher", hours: "Prévisions heure par heure",
    noHours: "Pas de prévisions heure par heure pour ce jour.",
    noTime: "{time} (heure inexistante)", more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Hava durumu", label: "Hava durumu: {location}", clear: "Açık", "partly-cloudy": "Parçalı bulutlu", cloudy: "Bulutlu",
    fog: "Sisli", wind: "Rüzgârlı", rain: "Yağmurlu", thunderstorm: "Fırtınalı", snow: "Karlı",
    range: "En yüksek {high} · En düşük {low}", crossed: "En yüksek değer en düşüğün altında.", precipitation: "Yağış",
    humidity: "Nem", windSpeed: "Rüzgâr", uvIndex: "UV indeksi", sunrise: "Gün doğumu", sunset: "Gün batımı",
    hours: "Saatlik tahmin", noHours: "Bu gün için saatlik tahmin yok.",
    noTime: "{time} (böyle bir saat yok)", more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "الطقس", label: "الطقس: {location}", clear: "صافٍ", "partly-cloudy": "غائم جزئيًا", cloudy: "غائم", fog: "ضباب",
    wind: "رياح", rain: "مطر", thunderstorm: "عاصفة رعدية", snow: "ثلج", range: "العظمى {high} · الصغرى {low}",
    crossed: "العظمى أقل من الصغرى.", precipitation: "الهطول", humidity: "الرطوبة", windSpeed: "الرياح", uvIndex: "مؤشر UV",
    sunrise: "الشروق", sunset: "الغروب", hours: "التوقعات بالساعة", noHours: "لا توجد توقعات بالساعة لهذا اليوم.",
    noTime: "{time} (وقت غير موجود)", more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

const CLOUD = "M7 18.5h10a4 4 0 0 0 .7-7.94 6 6 0 0 0-11.6.52A3.75 3.75 0 0 0 7 18.5z";
const HIGH_CLOUD = "M7 15.5h10a4 4 0 0 0 .7-7.94 6 6 0 0 0-11.6.52A3.75 3.75 0 0 0 7 15.5z";
const SUN = "M16.5 12a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0z";
const RAYS = "M12 2.5v2.2M12 19.3v2.2M2.5 12h2.2M19.3 12h2.2M5.3 5.3l1.5 1.5M17.2 17.2l1.5 1.5M5.3 18.7l1.5-1.5M17.2 6.8l1.5-1.5";
const WIND = "M3 9h11a2.75 2.75 0 1 0-2.6-3.6M3 13h15.5a2.75 2.75 0 1 1-2.6 3.6M3 17h8.5a2.25 2.25 0 1 1-2.1 3";
const HIGH_SUN = "M9 1.8v1.6M2.6 8h1.6M4.4 3.4l1.2 1.2M13.6 3.4l-1.2 1.2M5 9.6a4 4 0 1 1 7.4-3";

/** Paths on a 24 by 24 grid, each in the style of its kind. */
const DRAWINGS = {
  clear: [["sun", SUN], ["sun", RAYS]],
  "partly-cloudy": [["sun", HIGH_SUN], ["cloud", CLOUD]],
  cloudy: [["cloud", CLOUD]],
  fog: [["cloud", HIGH_CLOUD], ["air", "M5 18.5h14M8 21.5h8"]],
  wind: [["air", WIND]],
  rain: [["cloud", HIGH_CLOUD], ["water", "M8.5 18l-1 3M12.5 18l-1 3M16.5 18l-1 3"]],
  thunderstorm: [["cloud", HIGH_CLOUD], ["bolt", "M12.8 12.5L10 17.5h3.5l-2 4.5"]],
  snow: [["cloud", HIGH_CLOUD], ["water", "M8 18.5v0M12 18.5v0M16 18.5v0M10 21.5v0M14 21.5v0"]],
};

/** The drawing of a condition; `label` is for screen readers, and absent where text next to it says the same. */
function Icon({ condition, label }) {
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg className="wgt-weather-icon" viewBox="0 0 24 24" {...named}>
      {DRAWINGS[condition].map(([kind, path]) => (
        <path className={`wgt-weather-${kind}`} key={path} d={path} />
      ))}
    </svg>
  );
}

/** A time of day as the reader writes it; when `isShort` without minutes, where the language has a word for hours ("9 AM"). */
function clock(time, { tag, say }, isShort) {
  const moment = Date.parse(`2000-01-01T${time}:00Z`);
  if (Number.isNaN(moment) || time > "23:59") return say("noTime", { time });
  const write = (minute) => new Date(moment).toLocaleTimeString(tag, { hour: "numeric", minute, timeZone: "UTC" });
  return isShort && /\p{L}/u.test(write()) ? write() : write("2-digit");
}

/** The day's measurements in the data, as label and text. */
function facts({ precipitationChance, humidity, wind, uvIndex, sunrise, sunset }, language) {
  const { say, number } = language;
  const percent = (ratio) => number(ratio, { style: "percent", maximumFractionDigits: 0 });
  return [
    precipitationChance !== undefined && [say("precipitation"), percent(precipitationChance)],
    humidity !== undefined && [say("humidity"), percent(humidity)],
    wind !== undefined && [say("windSpeed"), wind],
    uvIndex !== undefined && [say("uvIndex"), number(uvIndex)],
    sunrise !== undefined && [say("sunrise"), clock(sunrise, language)],
    sunset !== undefined && [say("sunset"), clock(sunset, language)],
  ].filter(Boolean);
}

function WeatherDailyHighlight({ data = {}, theme, locale, dir }) {
  const language = readerLanguage(locale, dir);
  const { say, number } = language;
  const { location = say("title"), condition = "clear", unit = "C", summary } = data;
  const hours = data.hours ?? [];
  const [shown, moreButton] = useFirst(hours, language);
  const isShort = hours.every((hour) => hour.time.endsWith(":00"));
  const degrees = (value) => `${number(Math.round(value) || 0)}°`; // `|| 0`: never "-0°"
  const figures = facts(data, language);
  const hasRange = data.high !== undefined && data.low !== undefined;

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={say("label", { location })}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{location}</bdi>
        </h2>
        {data.date && (
          <p className="wgt-note" data-tone={timeOf(data.date) === undefined ? "warn" : undefined}>
            <time dateTime={data.date}>{language.date(data.date, { weekday: "long", day: "numeric", month: "long" })}</time>
          </p>
        )}
      </header>
      <div className="wgt-weather-main">
        <Icon condition={condition} />
        {data.high !== undefined && (
          <p className="wgt-weather-now">
            <bdi>
              {degrees(data.current ?? data.high)}
              {unit}
            </bdi>
          </p>
        )}
        <div className="wgt-weather-text">
          <p className="wgt-weather-condition">{say(condition)}</p>
          {hasRange && <p className="wgt-note">{say("range", { high: degrees(data.high), low: degrees(data.low) })}</p>}
        </div>
      </div>
      {hasRange && data.high < data.low && <p className="wgt-flaw">{say("crossed")}</p>}
      {summary && (
        <p className="wgt-weather-summary">
          <bdi>{summary}</bdi>
        </p>
      )}
      {figures.length > 0 && (
        <dl className="wgt-cells wgt-weather-facts" style={cells(figures.length, 2, 3, 6)}>
          {figures.map(([label, text]) => (
            <div className="wgt-tile" key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {data.hours?.length === 0 && <p className="wgt-empty wgt-weather-none">{say("noHours")}</p>}
      {hours.length > 0 && (
        <ol
          className="wgt-cells wgt-weather-hours"
          role="list"
          aria-label={say("hours")}
          style={cells(shown.length, isShort ? 5 : 4, isShort ? 8 : 6, 12)}
        >
          {shown.map((hour, index) => (
            <li className="wgt-weather-hour" key={index}>
              <span className="wgt-note">{clock(hour.time, language, isShort)}</span>
              {hour.condition && <Icon condition={hour.condition} label={say(hour.condition)} />}
              <strong>
                <bdi>{degrees(hour.temperature)}</bdi>
              </strong>
            </li>
          ))}
        </ol>
      )}
      {moreButton}
    </section>
  );
}

const CSS = `
.wgt-weather-main { display: flex; flex-wrap: wrap; gap: 0.25rem 0.875rem; align-items: center; }
.wgt-weather-main .wgt-weather-icon { width: 4rem; height: 4rem; }
.wgt-weather-now { font-size: 2.75rem; font-weight: 650; line-height: 1.1; }
.wgt-weather-text { flex: 1; min-width: max-content; max-width: 100%; }
.wgt-weather-condition { font-weight: 600; }
.wgt-weather-summary { margin-top: 0.625rem; }
.wgt-weather-icon { flex: none; fill: none; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.wgt-weather-sun, .wgt-weather-bolt { stroke: color-mix(in srgb, var(--widget-warn) 65%, #ffb300); }
.wgt-weather-sun { fill: #ffb300; fill-opacity: 0.3; }
.wgt-weather-cloud, .wgt-weather-air { stroke: var(--widget-muted); }
.wgt-weather-cloud { fill: var(--widget-surface); }
.wgt-weather-water { stroke: var(--widget-accent); stroke-width: 2; }
.wgt-weather-facts, .wgt-weather-none { margin-top: 0.875rem; }
.wgt-weather-hours { --wgt-gap: 0.25rem; row-gap: 0.625rem; margin-top: 0.875rem; padding-top: 0.75rem;
  border-top: 1px solid var(--widget-border); }
.wgt-weather-hour { display: flex; flex-direction: column; flex-grow: 0; gap: 0.125rem; align-items: center;
  justify-content: space-between; text-align: center; }
.wgt-weather-hour .wgt-weather-icon { width: 1.625rem; height: 1.625rem; }
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

export default WeatherDailyHighlight;
