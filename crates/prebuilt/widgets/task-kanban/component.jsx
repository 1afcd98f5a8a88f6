import { useEffect, useRef, useState } from "react";

const WORDS = {
  en: {
    title: "Task board", empty: "This board has no columns yet.", progress: "{done} of {all} done", tasksDone: "Tasks done",
    ofLimit: "{count} of {limit}", over: "over limit", none: "No tasks", tasksIn: "Tasks in {column}", labels: "Priority and labels",
    high: "High", medium: "Medium", low: "Low", due: "Due {date}", move: "Move: {task}",
    help: "Space picks a card up, arrow keys move it, Space drops it, Escape puts it back. Or click a card's handle, then a column.",
    held: "Picked up.", place: "{column}, {index} of {count}", dropped: "Dropped: {column}, {index} of {count}", back: "Put back.",
    more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Aufgaben", empty: "Diese Tafel hat noch keine Spalten.", progress: "{done} von {all} erledigt", tasksDone: "Erledigte Aufgaben",
    ofLimit: "{count} von {limit}", over: "über dem Limit", none: "Keine Aufgaben", tasksIn: "Aufgaben in {column}",
    labels: "Priorität und Labels", high: "Hoch", medium: "Mittel", low: "Niedrig", due: "Fällig {date}", move: "Verschieben: {task}",
    help: "Die Leertaste nimmt eine Karte auf, Pfeiltasten bewegen sie, die Leertaste legt sie ab, Escape legt sie zurück. Oder den Griff einer Karte anklicken, dann eine Spalte.",
    held: "Aufgenommen.", place: "{column}, {index} von {count}", dropped: "Abgelegt: {column}, {index} von {count}", back: "Zurückgelegt.",
    more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Tablero de tareas", empty: "Este tablero aún no tiene columnas.", progress: "{done} de {all} hechas", tasksDone: "Tareas hechas",
    ofLimit: "{count} de {limit}", over: "por encima del límite", none: "Sin tareas", tasksIn: "Tareas en {column}",
    labels: "Prioridad y etiquetas", high: "Alta", medium: "Media", low: "Baja", due: "Vence el {date}", move: "Mover: {task}",
    help: "Espacio toma una tarjeta, las flechas la mueven, Espacio la suelta, Escape la devuelve. O pulsa el asa de una tarjeta y después una columna.",
    held: "Tomada.", place: "{column}, {index} de {count}", dropped: "Soltada: {column}, {index} de {count}", back: "Devuelta.",
    more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Tableau des tâches", empty: "Ce tableau n’a pas encore de colonnes.", progress: "{done} sur {all} terminées",
    tasksDone: "Tâches terminées", ofLimit: "{count} sur {limit}", over: "limite dépassée", none: "Aucune tâche",
    tasksIn: "Tâches dans {column}", labels: "Priorité et étiquettes", high: "Haute", medium: "Moyenne", low: "Basse",
    due: "Échéance {date}", move: "Déplacer : {task}",
    help: "Espace prend une carte, les flèches la déplacent, Espace la dépose, Échap la remet. Ou cliquez sur la poignée d’une carte, puis sur une colonne.",
    held: "Prise.", place: "{column}, {index} sur {count}", dropped: "Déposée : {column}, {index} sur {count}", back: "Remise en place.",
    more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Görev panosu", empty: "Bu panoda henüz sütun yok.", progress: "{done}/{all} tamamlandı", tasksDone: "Tamamlanan görevler",
    ofLimit: "{count}/{limit}", over: "sınır aşıldı", none: "Görev yok", tasksIn: "{column} sütunundaki görevler",
    labels: "Öncelik ve etiketler", high: "Yüksek", medium: "Orta", low: "Düşük", due: "Son tarih {date}", move: "Taşı: {task}",
    help: "Boşluk tuşu kartı alır, ok tuşları taşır, boşluk bırakır, Escape geri koyar. Ya da kartın tutamacına, sonra bir sütuna tıklayın.",
    held: "Alındı.", place: "{column}, {index}/{count}", dropped: "Bırakıldı: {column}, {index}/{count}", back: "Geri kondu.",
    more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "لوحة المهام", empty: "لا توجد أعمدة في هذه اللوحة بعد.", progress: "أُنجز {done} من {all}", tasksDone: "المهام المنجزة",
    ofLimit: "{count} من {limit}", over: "فوق الحد", none: "لا توجد مهام", tasksIn: "المهام في {column}", labels: "الأولوية والوسوم",
    high: "عالية", medium: "متوسطة", low: "منخفضة", due: "الاستحقاق {date}", move: "نقل: {task}",
    help: "مفتاح المسافة يلتقط البطاقة، والأسهم تنقلها، والمسافة تضعها، وEscape يعيدها. أو انقر مقبض البطاقة ثم عمودًا.",
    held: "التُقطت.", place: "{column}، {index} من {count}", dropped: "وُضعت: {column}، {index} من {count}", back: "أُعيدت.",
    more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

const TONES = { high: "bad", medium: "warn", low: "muted" };
const DRAG_THRESHOLD = 5; // CSS pixels that a pressed pointer moves before it drags.

const initials = (person) =>
  person
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");

/** The columns, each task with an id that it keeps when it moves. */
const withIds = (columns = []) =>
  columns.map((column, at) => ({
    ...column,
    tasks: (column.tasks ?? []).map((task, index) => ({ ...task, id: `${at}-${index}` })),
  }));

function placeOf(columns, id) {
  const column = columns.findIndex(({ tasks }) => tasks.some((task) => task.id === id));
  return { column, index: columns[column].tasks.findIndex((task) => task.id === id) };
}

/** The columns with the task at another position; `index` does not count the task. */
function moved(columns, id, to) {
  const from = placeOf(columns, id);
  const task = columns[from.column].tasks[from.index];
  return columns.map((column, at) => {
    const tasks = column.tasks.filter((other) => other.id !== id);
    return { ...column, tasks: at === to.column ? tasks.toSpliced(to.index, 0, task) : tasks };
  });
}

/** The position of a task that is dropped at this point of the screen. */
function placeAt(x, y, id) {
  const column = document.elementFromPoint(x, y)?.closest("[data-column]");
  if (!column) return undefined;
  const cards = [...column.querySelectorAll("[data-task]")].filter((card) => card.dataset.task !== id);
  const isAbove = (card) => card.getBoundingClientRect().top + card.offsetHeight / 2 < y;
  return { column: Number(column.dataset.column), index: cards.filter(isAbove).length };
}

function Task({ task, state, drag, language, handle, press }) {
  const { say, date } = language;
  return (
    <li className="wgt-kanban-task" data-task={task.id} data-state={state} style={drag && { translate: `${drag.x}px ${drag.y}px` }} onPointerDown={press}>
      <div className="wgt-kanban-line">
        <p className="wgt-kanban-name">
          <bdi>{task.title}</bdi>
        </p>
        <button
          type="button"
          className="wgt-kanban-handle"
          aria-label={say("move", { task: task.title })}
          aria-describedby="wgt-kanban-help"
          aria-pressed={state === "held"}
          {...handle}
        >
          <svg viewBox="0 0 10 16" aria-hidden="true">
            <path d="M3 3v0M7 3v0M3 8v0M7 8v0M3 13v0M7 13v0" />
          </svg>
        </button>
      </div>
      {(task.priority || task.labels?.length > 0) && (
        <ul className="wgt-kanban-labels" role="list" aria-label={say("labels")}>
          {task.priority && (
            <li className="wgt-pill" data-tone={TONES[task.priority]}>
              {say(task.priority)}
            </li>
          )}
          {task.labels?.map((label, index) => (
            <li className="wgt-kanban-label" key={index}>
              <bdi>{label}</bdi>
            </li>
          ))}
        </ul>
      )}
      {(task.assignee || task.dueDate) && (
        <p className="wgt-kanban-meta">
          {task.assignee && (
            <span className="wgt-kanban-person">
              <span className="wgt-kanban-avatar" aria-hidden="true">
                {initials(task.assignee)}
              </span>
              <bdi>{task.assignee}</bdi>
            </span>
          )}
          {task.dueDate && (
            <time dateTime={task.dueDate} data-tone={timeOf(task.dueDate) === undefined ? "warn" : undefined}>
              {say("due", { date: date(task.dueDate) })}
            </time>
          )}
        </p>
      )}
    </li>
  );
}

function Column({ column, at, language, target, children, isOpen, drop }) {
  const { say, number } = language;
  const { name, tasks, limit } = column;
  const [first, moreButton] = useFirst(tasks, language);
  const shown = isOpen ? tasks : first;
  const over = limit !== undefined && tasks.length > limit;
  const mark = <li className="wgt-kanban-mark" key="mark" />;
  return (
    <li className="wgt-kanban-column" data-column={at} data-target={target !== undefined} onClick={drop}>
      <div className="wgt-kanban-top">
        <h3 className="wgt-kanban-heading">
          <bdi>{name}</bdi>
        </h3>
        <span className="wgt-note" data-tone={over ? "bad" : undefined}>
          {limit === undefined ? number(tasks.length) : say("ofLimit", { count: number(tasks.length), limit: number(limit) })}
          {over && ` · ${say("over")}`}
        </span>
      </div>
      {tasks.length === 0 && target === undefined ? (
        <p className="wgt-note wgt-kanban-none">{say("none")}</p>
      ) : (
        <ul className="wgt-kanban-tasks" role="list" aria-label={say("tasksIn", { column: name })}>
          {children(shown).toSpliced(target ?? shown.length, 0, target !== undefined && mark)}
        </ul>
      )}
      {!isOpen && moreButton}
    </li>
  );
}

function TaskKanban({ data = {}, theme, locale, dir, onAction }) {
  const language = readerLanguage(locale, dir);
  const { say, number } = language;
  const { title = say("title") } = data;
  // What the reader moved holds for the data that it was moved in.
  const [changes, setChanges] = useState({ data, columns: withIds(data.columns) });
  const columns = changes.data === data ? changes.columns : withIds(data.columns);
  const setColumns = (next) => setChanges({ data, columns: next });
  const [held, setHeld] = useState(); // {id, before: the columns when it was picked up}
  const [drag, setDrag] = useState(); // {id, x, y, to}
  const [status, setStatus] = useState("");
  const pointer = useRef({});
  const board = useRef(null);
  const holding = held?.data === data ? held : undefined;

  // A card that the keys move to another column is a new element there.
  useEffect(() => {
    if (holding) board.current.querySelector(`[data-task="${holding.id}"] button`)?.focus();
  }, [holding, changes]);

  const spoken = (key, next, id) => {
    const { column, index } = placeOf(next, id);
    const { name, tasks } = next[column];
    return say(key, { column: name, index: number(index + 1), count: number(tasks.length) });
  };
  const finish = (before, after, id) => {
    const [from, to] = [placeOf(before, id), placeOf(after, id)];
    setHeld(undefined);
    setColumns(after);
    setStatus(spoken("dropped", after, id));
    if (from.column === to.column && from.index === to.index) return;
    const place = ({ column, index }) => ({ column: before[column].name, columnIndex: column, index });
    onAction?.("card-moved", { task: before[from.column].tasks[from.index].title, from: place(from), to: place(to) });
  };
  const pickUp = (id) => [setHeld({ id, data, before: columns }), setStatus(say("held"))];
  const step = (id, columnStep, rowStep) => {
    const { column, index } = placeOf(columns, id);
    const to = { column: column + columnStep, index: index + rowStep };
    if (!columns[to.column] || to.index < 0) return;
    const next = moved(columns, id, to);
    setColumns(next);
    setStatus(spoken("place", next, id));
  };
  const keys = (id) => (event) => {
    if (holding?.id !== id) return;
    const forward = language.dir === "rtl" ? -1 : 1;
    const steps = { ArrowLeft: [-forward, 0], ArrowRight: [forward, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (steps[event.key]) step(id, ...steps[event.key]);
    else if (event.key === "Escape") [setColumns(holding.before), setHeld(undefined), setStatus(say("back"))];
    else if (event.key === "Tab") finish(holding.before, columns, id);
    if (steps[event.key] || event.key === "Escape") event.preventDefault();
  };
  const toggle = (id) => (event) => {
    event.stopPropagation();
    if (pointer.current.dragged) return;
    if (holding?.id === id) finish(holding.before, columns, id);
    else pickUp(id);
  };
  /** A click on a column while a card is held drops it there: at the pointer, as a drag would. */
  const dropAt = (event) => {
    if (!holding || pointer.current.dragged) return;
    const to = placeAt(event.clientX, event.clientY, holding.id);
    if (to) finish(holding.before, moved(columns, holding.id, to), holding.id);
  };

  // A mouse drags a card by any part; a finger by its handle, so that it can scroll the page elsewhere.
  const press = (id) => (event) => {
    const isHandle = event.target.closest("button") !== null;
    pointer.current = {};
    if (event.button !== 0 || (event.pointerType !== "mouse" && !isHandle)) return;
    pointer.current = { id, x: event.clientX, y: event.clientY };
  };
  const pull = (event) => {
    const { id, x, y, dragged } = pointer.current;
    if (id === undefined) return;
    const by = { x: event.clientX - x, y: event.clientY - y };
    if (!dragged) {
      if (Math.hypot(by.x, by.y) < DRAG_THRESHOLD) return;
      pointer.current.dragged = true;
      board.current.setPointerCapture(event.pointerId);
      setHeld(undefined);
    }
    setDrag({ id, ...by, to: placeAt(event.clientX, event.clientY, id) });
  };
  const release = (event) => {
    const { id, dragged } = pointer.current;
    pointer.current = { dragged };
    setDrag(undefined);
    if (id === undefined || !dragged || event.type !== "pointerup") return;
    const to = placeAt(event.clientX, event.clientY, id);
    if (to) finish(columns, moved(columns, id, to), id);
  };

  const count = (list) => list.reduce((sum, column) => sum + column.tasks.length, 0);
  const all = count(columns);
  const done = count(columns.filter((column) => column.done));
  const stateOf = (id) => (drag?.id === id ? "dragged" : holding?.id === id ? "held" : undefined);
  const card = (task) => (
    <Task
      key={task.id}
      task={task}
      state={stateOf(task.id)}
      drag={drag?.id === task.id ? drag : undefined}
      language={language}
      handle={{ onKeyDown: keys(task.id), onClick: toggle(task.id) }}
      press={press(task.id)}
    />
  );

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{title}</bdi>
        </h2>
        {all > 0 && columns.some((column) => column.done) && (
          <p className="wgt-note wgt-kanban-progress">
            <progress max={all} value={done} aria-label={say("tasksDone")} />
            {say("progress", { done: number(done), all: number(all) })}
          </p>
        )}
      </header>
      {columns.length === 0 ? (
        <p className="wgt-empty">{say("empty")}</p>
      ) : (
        <ol
          className="wgt-cells wgt-kanban-board"
          role="list"
          ref={board}
          style={cells(columns.length, 1, 2, 4)}
          data-active={Boolean(holding || drag)}
          onPointerMove={pull}
          onPointerUp={release}
          onPointerCancel={release}
        >
          {columns.map((column, at) => (
            <Column
              key={at}
              at={at}
              column={column}
              language={language}
              isOpen={column.tasks.findIndex((task) => task.id === holding?.id) >= MAX_SHOWN}
              target={drag?.to?.column === at ? drag.to.index : undefined}
              drop={dropAt}
            >
              {(tasks) => tasks.map(card)}
            </Column>
          ))}
        </ol>
      )}
      <p className="wgt-unseen" id="wgt-kanban-help">
        {say("help")}
      </p>
      <p className="wgt-unseen" role="status">
        {status}
      </p>
    </section>
  );
}

const CSS = `
.wgt-kanban-progress { display: flex; gap: 0.5rem; align-items: center; }
.wgt-kanban-progress progress { width: 6rem; height: 0.5rem; border: 0; border-radius: 0.25rem; overflow: hidden;
  background: var(--widget-border); appearance: none; forced-color-adjust: none; }
.wgt-kanban-progress ::-webkit-progress-bar { background: var(--widget-border); }
.wgt-kanban-progress ::-webkit-progress-value { background: var(--widget-good); }
.wgt-kanban-progress ::-moz-progress-bar { background: var(--widget-good); }
.wgt-kanban-board { --wgt-gap: 0.75rem; }
.wgt-kanban-column { padding: 0.625rem; border-radius: 0.625rem; background: var(--widget-surface); }
.wgt-kanban-column[data-target=true] { outline: 2px dashed var(--widget-accent); outline-offset: -2px; }
.wgt-kanban-board[data-active=true] { cursor: grabbing; user-select: none; }
.wgt-kanban-top { display: flex; flex-wrap: wrap; gap: 0 0.5rem; align-items: baseline; justify-content: space-between;
  margin-bottom: 0.5rem; }
.wgt-kanban-heading { font-size: 0.875rem; font-weight: 650; }
.wgt-kanban-none { padding: 0.5rem 0; text-align: center; }
.wgt-kanban-tasks { display: grid; gap: 0.5rem; }
.wgt-kanban-task { padding: 0.5rem 0.625rem; border: 1px solid var(--widget-border); border-radius: 0.5rem; background: var(--widget-bg);
  cursor: grab; }
.wgt-kanban-task[data-state] { border-color: var(--widget-accent); box-shadow: 0 4px 14px rgb(0 0 0 / 0.22); cursor: grabbing; }
.wgt-kanban-task[data-state=dragged] { position: relative; z-index: 2; pointer-events: none; }
.wgt-kanban-mark { height: 0.1875rem; border-radius: 0.125rem; background: var(--widget-accent); }
.wgt-kanban-line { display: flex; gap: 0.25rem; align-items: start; justify-content: space-between; }
.wgt-kanban-name { font-weight: 600; }
.wgt-kanban-handle { flex: none; width: 1.5rem; height: 1.5rem; margin: -0.125rem; margin-inline-end: -0.375rem; border: 0;
  border-radius: 0.375rem; background: none; color: var(--widget-muted); cursor: inherit; touch-action: none; }
.wgt-kanban-handle:hover, .wgt-kanban-handle[aria-pressed=true] { background: var(--widget-surface); color: var(--widget-accent); }
.wgt-kanban-handle svg { display: block; height: 1rem; margin: auto; stroke: currentColor; stroke-width: 2.2; stroke-linecap: round; }
.wgt-kanban-labels { display: flex; flex-wrap: wrap; gap: 0.25rem; margin-top: 0.375rem; }
.wgt-kanban-label { padding: 0 0.5em; border: 1px solid transparent; border-radius: 1em; background: var(--widget-surface);
  font-size: 0.75rem; }
.wgt-kanban-meta { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; justify-content: space-between;
  margin-top: 0.5rem; color: var(--widget-muted); font-size: 0.75rem; }
.wgt-kanban-person { display: flex; gap: 0.375rem; align-items: center; }
.wgt-kanban-avatar { display: grid; flex: none; width: 1.375rem; height: 1.375rem; place-items: center; border-radius: 50%;
  background: var(--widget-accent); color: var(--widget-bg); font-size: 0.625rem; font-weight: 700; }
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

export default TaskKanban;
