// Stores the heights of widgets by message and width, so that a message shown again takes its height immediately.

const KEY = 'widgetd-heights';
/** Beyond this number the oldest entries are deleted. */
const MAX_STORED_HEIGHTS = 500;
/** Milliseconds. */
const SAVE_DELAY = 500;

/** Heights by message and width. */
let heights: Map<string, number> | undefined;
/** The last height of each widget key since the script loaded, as an estimate for the next widget of the key. */
const heightsByKey = new Map<string, number>();
/** Changes that are not saved yet. */
const changed = new Map<string, number | undefined>();

const entry = (message: string, width: number): string => `${message} ${Math.round(width)}`;

const isEntry = (pair: unknown): pair is [string, number] =>
  Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number' && pair[1] >= 0;

/** The saved heights; none if the browser denies the page its storage. */
function read(): Array<[string, number]> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  } catch {
    return [];
  }
}

const known = (): Map<string, number> => (heights ??= new Map(read()));

/** The height of the message's widget at this width, and that of the last widget with the same key. */
export function recall(message: string, widgetKey: string, width: number): { exact: number | undefined; similar: number | undefined } {
  return { exact: known().get(entry(message, width)), similar: heightsByKey.get(widgetKey) };
}

/** Stores a height; `undefined` removes the entry. */
export function remember(message: string, widgetKey: string, width: number, height: number | undefined): void {
  if (height === undefined) heightsByKey.delete(widgetKey);
  else heightsByKey.set(widgetKey, height);
  const name = entry(message, width);
  if (!message || known().get(name) === height) return;
  if (height === undefined) known().delete(name);
  else known().set(name, height);
  const [oldest] = known().keys();
  if (oldest !== undefined && known().size > MAX_STORED_HEIGHTS) known().delete(oldest);
  changed.delete(name);
  changed.set(name, height);
  if (changed.size > 1) return;
  setTimeout(save, SAVE_DELAY);
}

/** Merges the changes into the saved heights, which other tabs write too. */
function save(): void {
  const stored = new Map(read());
  for (const [name, height] of changed) {
    stored.delete(name);
    if (height !== undefined) stored.set(name, height);
  }
  changed.clear();
  try {
    localStorage.setItem(KEY, JSON.stringify([...stored].slice(-MAX_STORED_HEIGHTS)));
  } catch {
    // Storage is denied or full.
  }
}
