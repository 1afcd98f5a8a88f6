const CLOUD = "M7 18.5h10a4 4 0 0 0 .7-7.94 6 6 0 0 0-11.6.52A3.75 3.75 0 0 0 7 18.5z";
const HIGH_CLOUD = "M7 15.5h10a4 4 0 0 0 .7-7.94 6 6 0 0 0-11.6.52A3.75 3.75 0 0 0 7 15.5z";
const SUN = "M16.5 12a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0z";
const RAYS = "M12 2.5v2.2M12 19.3v2.2M2.5 12h2.2M19.3 12h2.2M5.3 5.3l1.5 1.5M17.2 17.2l1.5 1.5M5.3 18.7l1.5-1.5M17.2 6.8l1.5-1.5";
const WIND = "M3 9h11a2.75 2.75 0 1 0-2.6-3.6M3 13h15.5a2.75 2.75 0 1 1-2.6 3.6M3 17h8.5a2.25 2.25 0 1 1-2.1 3";
const HIGH_SUN = "M9 1.8v1.6M2.6 8h1.6M4.4 3.4l1.2 1.2M13.6 3.4l-1.2 1.2M5 9.6a4 4 0 1 1 7.4-3";

/** What each condition is called and drawn with: paths on a 24 by 24 grid, each in the style of its kind. */
const CONDITIONS = {
  clear: { label: "Clear", paths: [["sun", SUN], ["sun", RAYS]] },
  "partly-cloudy": { label: "Partly cloudy", paths: [["sun", HIGH_SUN], ["cloud", CLOUD]] },
  cloudy: { label: "Cloudy", paths: [["cloud", CLOUD]] },
  fog: { label: "Fog", paths: [["cloud", HIGH_CLOUD], ["air", "M5 18.5h14M8 21.5h8"]] },
  wind: { label: "Windy", paths: [["air", WIND]] },
  rain: { label: "Rain", paths: [["cloud", HIGH_CLOUD], ["water", "M8.5 18l-1 3M12.5 18l-1 3M16.5 18l-1 3"]] },
  thunderstorm: { label: "Thunderstorm", paths: [["cloud", HIGH_CLOUD], ["bolt", "M12.8 12.5L10 17.5h3.5l-2 4.5"]] },
  snow: { label: "Snow", paths: [["cloud", HIGH_CLOUD], ["water", "M8 18.5v0M12 18.5v0M16 18.5v0M10 21.5v0M14 21.5v0"]] },
};

/** The drawing of a condition; `label` is for those who do not see it, and absent where the text beside it says the same. */
function Icon({ condition, label }) {
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg className="wgt-weather-icon" viewBox="0 0 24 24" {...named}>
      {CONDITIONS[condition].paths.map(([kind, path]) => (
        <path className={`wgt-weather-${kind}`} key={path} d={path} />
      ))}
    </svg>
  );
}

function day(iso) {
  const time = Date.parse(iso);
  const form = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return Number.isNaN(time) ? iso : new Date(time).toLocaleDateString(undefined, form);
}

/** The figures of the day that the data has, as label and text. */
function facts({ precipitationChance, humidity, wind, uvIndex, sunrise, sunset }) {
  const percent = (ratio) => ratio?.toLocaleString(undefined, { style: "percent", maximumFractionDigits: 0 });
  return [
    ["Precipitation", percent(precipitationChance)],
    ["Humidity", percent(humidity)],
    ["Wind", wind],
    ["UV index", uvIndex?.toLocaleString()],
    ["Sunrise", sunrise],
    ["Sunset", sunset],
  ].filter(([, text]) => text !== undefined);
}

function WeatherDailyHighlight({ data = {}, theme }) {
  const { location = "Weather", date, condition = "clear", unit = "C", summary, hours } = data;
  const degrees = (number) => `${(Math.round(number) || 0).toLocaleString()}°`; // `|| 0`: never "-0°"
  const figures = facts(data);

  return (
    <section className="wgt" data-theme={theme} aria-label={`Weather: ${location}`}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{location}</h2>
        {date && (
          <p className="wgt-note">
            <time dateTime={date}>{day(date)}</time>
          </p>
        )}
      </header>
      <div className="wgt-weather-main">
        <Icon condition={condition} />
        {data.high !== undefined && (
          <p className="wgt-weather-now">
            {degrees(data.current ?? data.high)}
            {unit}
          </p>
        )}
        <div className="wgt-weather-text">
          <p className="wgt-weather-condition">{CONDITIONS[condition].label}</p>
          {data.high !== undefined && data.low !== undefined && (
            <p className="wgt-note">
              High {degrees(data.high)} · Low {degrees(data.low)}
            </p>
          )}
        </div>
      </div>
      {summary && <p className="wgt-weather-summary">{summary}</p>}
      {figures.length > 0 && (
        <dl className="wgt-tiles wgt-weather-facts">
          {figures.map(([label, text]) => (
            <div className="wgt-tile" key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {hours?.length === 0 && <p className="wgt-empty wgt-weather-none">No hourly forecast for this day.</p>}
      {hours?.length > 0 && (
        <ol className="wgt-weather-hours" role="list" aria-label="Forecast by hour">
          {hours.map((hour, index) => (
            <li className="wgt-weather-hour" key={index}>
              <span className="wgt-note">{hour.time}</span>
              {hour.condition && <Icon condition={hour.condition} label={CONDITIONS[hour.condition].label} />}
              <strong>{degrees(hour.temperature)}</strong>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const CSS = `
.wgt-weather-main { display: flex; flex-wrap: wrap; gap: 0.25rem 0.875rem; align-items: center; }
.wgt-weather-main .wgt-weather-icon { width: 4rem; height: 4rem; }
.wgt-weather-now { font-size: 2.75rem; font-weight: 650; line-height: 1.1; }
.wgt-weather-condition { font-weight: 600; }
.wgt-weather-summary { margin-top: 0.625rem; }
.wgt-weather-icon { flex: none; fill: none; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.wgt-weather-sun, .wgt-weather-bolt { stroke: color-mix(in srgb, var(--wgt-warn) 65%, #ffb300); }
.wgt-weather-sun { fill: #ffb300; fill-opacity: 0.3; }
.wgt-weather-cloud, .wgt-weather-air { stroke: var(--wgt-muted); }
.wgt-weather-cloud { fill: var(--wgt-surface); }
.wgt-weather-water { stroke: var(--wgt-accent); stroke-width: 2; }
.wgt-weather-facts, .wgt-weather-none { margin-top: 0.875rem; }
.wgt-weather-hours { display: grid; grid-template-columns: repeat(auto-fit, minmax(3.5rem, 1fr)); gap: 0.5rem 0.25rem;
  margin-top: 0.875rem; padding-top: 0.75rem; border-top: 1px solid var(--wgt-border); }
.wgt-weather-hour { display: flex; flex-direction: column; gap: 0.125rem; align-items: center; justify-content: space-between;
  text-align: center; }
.wgt-weather-hour .wgt-weather-icon { width: 1.625rem; height: 1.625rem; }
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

export default WeatherDailyHighlight;
