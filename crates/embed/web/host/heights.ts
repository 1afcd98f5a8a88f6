// Remembers how high widgets were, by message and width, so that a message that was shown before takes its height at once.

const KEY = 'widgetd-heights';
const MAX_REMEMBERED = 500;
const SAVE_AFTER = 500;

/** In the order of their last use. */
let heights: Map<string, number> | undefined;
/** By widget key, since the script was loaded: the next one of the kind is likely to need as much. */
const ofKind = new Map<string, number>();
let saving = false;

const entry = (message: string, width: number): string => `${message} ${Math.round(width)}`;

/** A page may be denied its storage; then heights are remembered until it is closed. */
function known(): Map<string, number> {
  if (heights) return heights;
  let stored: unknown;
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? '[]');
  } catch {
    stored = [];
  }
  const isEntry = (pair: unknown): pair is [string, number] =>
    Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number' && pair[1] >= 0;
  return (heights = new Map(Array.isArray(stored) ? stored.filter(isEntry) : []));
}

/** The height that a message's widget had at this width, or that others of its kind had. */
export function recall(message: string, kind: string, width: number): { exact: number | undefined; similar: number | undefined } {
  return { exact: known().get(entry(message, width)), similar: ofKind.get(kind) };
}

export function remember(message: string, kind: string, width: number, height: number): void {
  ofKind.set(kind, height);
  if (!message) return;
  const name = entry(message, width);
  if (known().get(name) === height) return;
  known().delete(name);
  known().set(name, height);
  if (known().size > MAX_REMEMBERED) known().delete(known().keys().next().value as string);
  if (saving) return;
  saving = true;
  setTimeout(save, SAVE_AFTER);
}

function save(): void {
  saving = false;
  try {
    localStorage.setItem(KEY, JSON.stringify([...known()]));
  } catch {
    // Denied or full.
  }
}
