// Remembers how high widgets were, by message and width, so that a message that was shown before takes its height at once.

const KEY = 'widgetd-heights';
/** The oldest are forgotten. */
const MAX_STORED_HEIGHTS = 500;
const SAVE_DELAY = 500;

/** By message and width. */
let heights: Map<string, number> | undefined;
/** By widget key, since the script was loaded: the next one of the kind is likely to need as much. */
const ofKind = new Map<string, number>();
/** Not stored yet. */
const changed = new Map<string, number | undefined>();

const entry = (message: string, width: number): string => `${message} ${Math.round(width)}`;

const isEntry = (pair: unknown): pair is [string, number] =>
  Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number' && pair[1] >= 0;

/** A page may be denied its storage; then heights are remembered until it is closed. */
function read(): Array<[string, number]> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  } catch {
    return [];
  }
}

const known = (): Map<string, number> => (heights ??= new Map(read()));

/** The height that a message's widget had at this width, or that others of its kind had. */
export function recall(message: string, kind: string, width: number): { exact: number | undefined; similar: number | undefined } {
  return { exact: known().get(entry(message, width)), similar: ofKind.get(kind) };
}

/** Stores a height; `undefined` removes the entry. */
export function remember(message: string, kind: string, width: number, height: number | undefined): void {
  if (height === undefined) ofKind.delete(kind);
  else ofKind.set(kind, height);
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

/** Adds what has changed to what is stored: other tabs write there as well. */
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
    // Denied or full.
  }
}
