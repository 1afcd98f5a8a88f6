import { useState } from "react";

const WORDS = {
  en: {
    title: "Support tickets", empty: "No tickets to show right now.", tickets: "Tickets", open: "Open", pending: "Pending",
    resolved: "Resolved", urgent: "Urgent", high: "High", normal: "Normal", low: "Low", firstResponse: "First response",
    satisfaction: "Satisfaction", assigned: "assigned to {name}", unassigned: "unassigned", updated: "updated {date}",
    reply: "Reply", replyTo: "Reply to {id}", send: "Send", cancel: "Cancel", replied: "Reply sent", close: "Close",
    closeId: "Close {id}", closing: "Closing requested", fewer: "Listed below: {count}",
    more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Support-Tickets", empty: "Zurzeit gibt es keine Tickets.", tickets: "Tickets", open: "Offen", pending: "Wartend",
    resolved: "Gelöst", urgent: "Dringend", high: "Hoch", normal: "Normal", low: "Niedrig", firstResponse: "Erste Antwort",
    satisfaction: "Zufriedenheit", assigned: "zugewiesen an {name}", unassigned: "nicht zugewiesen", updated: "geändert am {date}",
    reply: "Antworten", replyTo: "Auf {id} antworten", send: "Senden", cancel: "Abbrechen", replied: "Antwort gesendet",
    close: "Schließen", closeId: "{id} schließen", closing: "Schließen angefordert", fewer: "Unten aufgeführt: {count}",
    more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Tickets de soporte", empty: "No hay tickets por ahora.", tickets: "Tickets", open: "Abiertos", pending: "Pendientes",
    resolved: "Resueltos", urgent: "Urgente", high: "Alta", normal: "Normal", low: "Baja", firstResponse: "Primera respuesta",
    satisfaction: "Satisfacción", assigned: "asignado a {name}", unassigned: "sin asignar", updated: "actualizado el {date}",
    reply: "Responder", replyTo: "Responder a {id}", send: "Enviar", cancel: "Cancelar", replied: "Respuesta enviada",
    close: "Cerrar", closeId: "Cerrar {id}", closing: "Cierre solicitado", fewer: "En la lista: {count}",
    more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Tickets d’assistance", empty: "Aucun ticket pour le moment.", tickets: "Tickets", open: "Ouverts",
    pending: "En attente", resolved: "Résolus", urgent: "Urgente", high: "Haute", normal: "Normale", low: "Basse",
    firstResponse: "Première réponse", satisfaction: "Satisfaction", assigned: "attribué à {name}", unassigned: "non attribué",
    updated: "mis à jour le {date}", reply: "Répondre", replyTo: "Répondre à {id}", send: "Envoyer", cancel: "Annuler",
    replied: "Réponse envoyée", close: "Fermer", closeId: "Fermer {id}", closing: "Fermeture demandée",
    fewer: "Dans la liste : {count}",
    more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Destek talepleri", empty: "Şu anda gösterilecek talep yok.", tickets: "Talepler", open: "Açık", pending: "Bekliyor",
    resolved: "Çözüldü", urgent: "Acil", high: "Yüksek", normal: "Normal", low: "Düşük", firstResponse: "İlk yanıt",
    satisfaction: "Memnuniyet", assigned: "atanan: {name}", unassigned: "atanmadı", updated: "güncellendi: {date}",
    reply: "Yanıtla", replyTo: "{id} talebini yanıtla", send: "Gönder", cancel: "Vazgeç", replied: "Yanıt gönderildi",
    close: "Kapat", closeId: "{id} talebini kapat", closing: "Kapatma istendi", fewer: "Listelenen: {count}",
    more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "تذاكر الدعم", empty: "لا توجد تذاكر لعرضها الآن.", tickets: "التذاكر", open: "مفتوحة", pending: "معلّقة",
    resolved: "محلولة", urgent: "عاجلة", high: "عالية", normal: "عادية", low: "منخفضة", firstResponse: "أول رد",
    satisfaction: "الرضا", assigned: "مسندة إلى {name}", unassigned: "غير مسندة", updated: "حُدّثت في {date}",
    reply: "رد", replyTo: "الرد على {id}", send: "إرسال", cancel: "إلغاء", replied: "أُرسل الرد", close: "إغلاق",
    closeId: "إغلاق {id}", closing: "طُلب الإغلاق", fewer: "المدرجة أدناه: {count}",
    more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

const STATUSES = ["open", "pending", "resolved"];
const TONES = { urgent: "bad", high: "warn", normal: "accent", low: "muted" };

function duration(minutes, { number }) {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const part = (value, unit) => number(value, { style: "unit", unit, unitDisplay: "short" });
  return [hours > 0 && part(hours, "hour"), (whole % 60 > 0 || hours === 0) && part(whole % 60, "minute")].filter(Boolean).join(" ");
}

/** A date as it came when its time does not exist ("T25:00Z"), too. */
const changedOn = (iso, { say, date }) => (Number.isNaN(Date.parse(iso)) ? say("noDate", { date: iso }) : date(iso));

function Tile({ label, value, status, flaw }) {
  return (
    <div className="wgt-tile wgt-tickets-tile" data-status={status}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {flaw && <dd className="wgt-flaw">{flaw}</dd>}
    </div>
  );
}

/** The distribution of the tickets over the statuses. Hidden from screen readers, since the tiles above have the numbers. */
function Spread({ totals }) {
  const sum = (list) => list.reduce((tickets, total) => tickets + total.count, 0);
  const all = sum(totals);
  if (all === 0) return null;
  return (
    <div className="wgt-tickets-spread" aria-hidden="true">
      {totals.map(({ key, count }) => count > 0 && <span key={key} data-status={key} style={{ flexGrow: count / all }} />)}
    </div>
  );
}

/** The field for a reply, which replaces the buttons. */
function ReplyField({ id, say, send, cancel }) {
  const [text, setText] = useState("");
  const isEmpty = text.trim() === "";
  return (
    <div className="wgt-tickets-reply" onKeyDown={(event) => event.key === "Escape" && cancel()}>
      <textarea
        autoFocus
        rows="3"
        maxLength="5000"
        aria-label={say("replyTo", { id })}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="wgt-tickets-buttons">
        <button type="button" className="wgt-button" data-main aria-disabled={isEmpty} onClick={() => !isEmpty && send(text.trim())}>
          {say("send")}
        </button>
        <button type="button" className="wgt-button" onClick={cancel}>
          {say("cancel")}
        </button>
      </div>
    </div>
  );
}

function Ticket({ ticket, done, language, act }) {
  const { say, date } = language;
  const [isReplying, setReplying] = useState(false);
  const [wasReplying, setWasReplying] = useState(false);
  const tone = TONES[ticket.priority];
  const isClosing = done.includes("close");
  const leave = () => [setReplying(false), setWasReplying(true)];
  return (
    <li className="wgt-tickets-item">
      <div className="wgt-tickets-line">
        <span className="wgt-tickets-state" data-status={ticket.status}>
          {say(ticket.status)}
        </span>
        <span className="wgt-note wgt-tickets-id">
          <bdi>{ticket.id}</bdi>
        </span>
        {tone && (
          <span className="wgt-pill" data-tone={tone}>
            {say(ticket.priority)}
          </span>
        )}
      </div>
      <p className="wgt-tickets-subject">
        <bdi>{ticket.subject}</bdi>
      </p>
      <p className="wgt-note">
        {ticket.customer && (
          <span>
            <bdi>{ticket.customer}</bdi>
            {" · "}
          </span>
        )}
        {ticket.assignee ? say("assigned", { name: ticket.assignee }) : say("unassigned")}
        {ticket.updatedAt && (
          <span>
            {" · "}
            <time dateTime={ticket.updatedAt}>{say("updated", { date: changedOn(ticket.updatedAt, language) })}</time>
          </span>
        )}
      </p>
      {isReplying ? (
        <ReplyField id={ticket.id} say={say} cancel={leave} send={(text) => [act("reply", { text }), leave()]} />
      ) : (
        <div className="wgt-tickets-buttons">
          <button
            type="button"
            className="wgt-button"
            autoFocus={wasReplying}
            aria-label={say("replyTo", { id: ticket.id })}
            onClick={() => setReplying(true)}
          >
            {say("reply")}
          </button>
          {ticket.status !== "resolved" && (
            <button
              type="button"
              className="wgt-button"
              aria-label={isClosing ? undefined : say("closeId", { id: ticket.id })}
              aria-disabled={isClosing}
              onClick={() => !isClosing && act("close")}
            >
              {say(isClosing ? "closing" : "close")}
            </button>
          )}
          <span role="status" className="wgt-note">
            {done.includes("reply") && say("replied")}
          </span>
        </div>
      )}
    </li>
  );
}

function SupportTicketOverview({ data = {}, theme, locale, dir, onAction }) {
  const language = readerLanguage(locale, dir);
  const { say, number, percent } = language;
  const { title = say("title"), tickets = [] } = data;
  // What was requested holds for the data that it was requested in: new data say what became of it.
  const [requests, setRequests] = useState({ data, done: {} });
  const done = requests.data === data ? requests.done : {};
  const [shown, moreButton] = useFirst(tickets, language);
  const short = (count) => number(count, count < 1e6 ? {} : { notation: "compact", maximumFractionDigits: 1 });
  const totals = STATUSES.map((key) => {
    const listed = tickets.filter((ticket) => ticket.status === key).length;
    const count = data.totals?.[key] ?? listed;
    return { key, count, flaw: count < listed && say("fewer", { count: number(listed) }) };
  });
  const act = (index) => (kind, payload) => {
    onAction?.(`ticket-${kind}`, { id: tickets[index].id, ...payload });
    setRequests({ data, done: { ...done, [index]: [...(done[index] ?? []), kind] } });
  };
  const figures = [
    data.firstResponseMinutes !== undefined && [say("firstResponse"), duration(data.firstResponseMinutes, language)],
    data.satisfaction !== undefined && [say("satisfaction"), percent(data.satisfaction)],
  ].filter(Boolean);

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{title}</bdi>
        </h2>
        {data.period && (
          <p className="wgt-note">
            <bdi>{data.period}</bdi>
          </p>
        )}
      </header>
      <dl className="wgt-cells" style={cells(totals.length + figures.length, 3, 3, 5)}>
        {totals.map(({ key, count, flaw }) => (
          <Tile key={key} label={say(key)} value={short(count)} status={key} flaw={flaw} />
        ))}
        {figures.map(([label, value]) => (
          <Tile key={label} label={label} value={value} />
        ))}
      </dl>
      <Spread totals={totals} />
      {tickets.length === 0 ? (
        <p className="wgt-empty">{say("empty")}</p>
      ) : (
        <ul role="list" aria-label={say("tickets")}>
          {shown.map((ticket, index) => (
            <Ticket key={index} ticket={ticket} done={done[index] ?? []} language={language} act={act(index)} />
          ))}
        </ul>
      )}
      {moreButton}
    </section>
  );
}

const CSS = `
.wgt-tickets-tile dd { font-size: 1.25rem; line-height: 1.3; }
@container (max-width: 22rem) { .wgt-tickets-tile { padding: 0.5rem 0.3125rem; } .wgt-tickets-tile dd { font-size: 1rem; } }
.wgt-tickets-tile .wgt-flaw { margin-top: 0; font-size: 0.75rem; font-weight: 400; }
.wgt-tickets-tile[data-status] dt::before, .wgt-tickets-state::before { content: ""; display: inline-block;
  box-sizing: border-box; width: 0.625rem; height: 0.625rem; margin-inline-end: 0.375rem; vertical-align: -0.0625rem;
  border: 2px solid var(--wgt-tickets-color); border-radius: 50%; background: var(--wgt-tickets-mark, none); }
.wgt [data-status=open] { --wgt-tickets-color: var(--widget-bad); --wgt-tickets-mark: var(--widget-bad); }
.wgt [data-status=pending] { --wgt-tickets-color: var(--widget-warn);
  --wgt-tickets-mark: linear-gradient(90deg, var(--widget-warn) 50%, transparent 50%); }
.wgt [data-status=resolved] { --wgt-tickets-color: var(--widget-good); }
.wgt-tickets-spread { display: flex; gap: 2px; height: 0.5rem; margin: 0.75rem 0 0.875rem; border-radius: 0.25rem; overflow: hidden; }
.wgt-tickets-spread span { flex: 0 1 0; min-width: 2px; background: var(--wgt-tickets-color); }
.wgt-cells + .wgt-empty { margin-top: 0.75rem; }
.wgt-tickets-item { padding: 0.625rem 0; border-top: 1px solid var(--widget-border); }
.wgt-tickets-item:last-child { padding-bottom: 0; }
.wgt-tickets-line { display: flex; flex-wrap: wrap; gap: 0.125rem 0.625rem; align-items: center; font-size: 0.8125rem; }
.wgt-tickets-id { flex: 1; }
.wgt-tickets-subject { margin: 0.125rem 0; font-weight: 600; }
.wgt-tickets-buttons { display: flex; flex-wrap: wrap; gap: 0.375rem 0.5rem; align-items: center; margin-top: 0.5rem; }
.wgt-tickets-reply textarea { display: block; width: 100%; margin-top: 0.5rem; padding: 0.5rem; border: 1px solid var(--widget-muted);
  border-radius: 0.5rem; background: var(--widget-bg); color: var(--widget-fg); font: inherit; resize: vertical; }
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

export default SupportTicketOverview;
