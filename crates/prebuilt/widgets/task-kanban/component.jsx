const PRIORITIES = {
  high: { label: "High", tone: "bad" },
  medium: { label: "Medium", tone: "warn" },
  low: { label: "Low", tone: "muted" },
};

function day(iso) {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : new Date(time).toLocaleDateString(undefined, { dateStyle: "medium", timeZone: "UTC" });
}

const initials = (person) =>
  person
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");

function Task({ task }) {
  const priority = PRIORITIES[task.priority];
  return (
    <li className="wgt-kanban-task">
      <p className="wgt-kanban-name">{task.title}</p>
      {(priority || task.labels?.length > 0) && (
        <ul className="wgt-kanban-labels" role="list" aria-label="Priority and labels">
          {priority && (
            <li className="wgt-pill" data-tone={priority.tone}>
              {priority.label}
            </li>
          )}
          {task.labels?.map((label, index) => (
            <li className="wgt-kanban-label" key={index}>
              {label}
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
              {task.assignee}
            </span>
          )}
          {task.dueDate && (
            <span>
              Due <time dateTime={task.dueDate}>{day(task.dueDate)}</time>
            </span>
          )}
        </p>
      )}
    </li>
  );
}

function Column({ column }) {
  const { name, tasks = [], limit } = column;
  const over = limit !== undefined && tasks.length > limit;
  return (
    <li className="wgt-kanban-column">
      <div className="wgt-kanban-top">
        <h3 className="wgt-kanban-heading">{name}</h3>
        <span className="wgt-note" data-tone={over ? "bad" : undefined}>
          {limit === undefined ? tasks.length : `${tasks.length} of ${limit}`}
          {over && ", over limit"}
        </span>
      </div>
      {tasks.length === 0 ? (
        <p className="wgt-note wgt-kanban-none">No tasks</p>
      ) : (
        <ul className="wgt-kanban-tasks" role="list" aria-label={`Tasks in ${name}`}>
          {tasks.map((task, index) => (
            <Task key={index} task={task} />
          ))}
        </ul>
      )}
    </li>
  );
}

function TaskKanban({ data = {}, theme }) {
  const { title = "Task board", columns = [] } = data;
  const count = (list) => list.reduce((sum, column) => sum + (column.tasks?.length ?? 0), 0);
  const all = count(columns);
  const done = count(columns.filter((column) => column.done));
  const tracked = all > 0 && columns.some((column) => column.done);

  return (
    <section className="wgt" data-theme={theme} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{title}</h2>
        {tracked && (
          <p className="wgt-note wgt-kanban-progress">
            <progress max={all} value={done} aria-label="Tasks done" />
            {done} of {all} done
          </p>
        )}
      </header>
      {columns.length === 0 ? (
        <p className="wgt-empty">This board has no columns yet.</p>
      ) : (
        <ol className="wgt-kanban-board" role="list">
          {columns.map((column, index) => (
            <Column key={index} column={column} />
          ))}
        </ol>
      )}
    </section>
  );
}

const CSS = `
.wgt-kanban-progress { display: flex; gap: 0.5rem; align-items: center; }
.wgt-kanban-progress progress { width: 6rem; height: 0.5rem; border: 0; border-radius: 0.25rem; overflow: hidden;
  background: var(--wgt-border); appearance: none; forced-color-adjust: none; }
.wgt-kanban-progress ::-webkit-progress-bar { background: var(--wgt-border); }
.wgt-kanban-progress ::-webkit-progress-value { background: var(--wgt-good); }
.wgt-kanban-progress ::-moz-progress-bar { background: var(--wgt-good); }
.wgt-kanban-board { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 0.75rem;
  align-items: start; }
.wgt-kanban-column { padding: 0.625rem; border-radius: 0.625rem; background: var(--wgt-surface); }
.wgt-kanban-top { display: flex; flex-wrap: wrap; gap: 0 0.5rem; align-items: baseline; justify-content: space-between;
  margin-bottom: 0.5rem; }
.wgt-kanban-heading { font-size: 0.875rem; font-weight: 650; }
.wgt-kanban-none { padding: 0.5rem 0; text-align: center; }
.wgt-kanban-tasks { display: grid; gap: 0.5rem; }
.wgt-kanban-task { padding: 0.5rem 0.625rem; border: 1px solid var(--wgt-border); border-radius: 0.5rem;
  background: var(--wgt-bg); }
.wgt-kanban-name { font-weight: 600; }
.wgt-kanban-labels { display: flex; flex-wrap: wrap; gap: 0.25rem; margin-top: 0.375rem; }
.wgt-kanban-label { padding: 0 0.5em; border: 1px solid transparent; border-radius: 1em; background: var(--wgt-surface);
  font-size: 0.75rem; }
.wgt-kanban-meta { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; justify-content: space-between;
  margin-top: 0.5rem; color: var(--wgt-muted); font-size: 0.75rem; }
.wgt-kanban-person { display: flex; gap: 0.375rem; align-items: center; }
.wgt-kanban-avatar { display: grid; flex: none; width: 1.375rem; height: 1.375rem; place-items: center; border-radius: 50%;
  background: var(--wgt-accent); color: var(--wgt-bg); font-size: 0.625rem; font-weight: 700; }
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

export default TaskKanban;
