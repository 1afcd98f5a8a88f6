// Restores the focus when a widget takes it from a field of the page: the widget would receive the next keys.
//
// A reader moves the focus into a widget with Tab, which the page observes, or with a press in it, which the frame reports.

import type { Frame } from './frame';

/** Milliseconds from the Tab key to the focus change, and from a press to its report. */
const MAX_TAB_DELAY = 300;
const MAX_PRESS_REPORT_DELAY = 150;
/** Milliseconds from a press in a frame to the focus change: a touch may last that long. */
const MAX_FOCUS_DELAY = 1000;
/** Milliseconds after a key press during which its reader counts as typing. */
const TYPING_TIMEOUT = 3000;

const frames = new Set<Frame>();
/** The field of the page that has, or just lost, the focus. */
let field: HTMLElement | undefined;
let tabbedAt = -Infinity;
/** Times of the last key or pointer event in the page, and of the last key. */
let usedAt = -Infinity;
let typedAt = -Infinity;

/** Guards the focus against a frame until the returned function is called. */
export function guardFocus(frame: Frame): () => void {
  if (frames.size === 0) listen(true);
  frames.add(frame);
  return () => {
    frames.delete(frame);
    if (frames.size === 0) listen(false);
  };
}

const listeners: ReadonlyArray<readonly [string, (event: Event) => void]> = [
  ['keydown', recordUse],
  ['pointerdown', recordUse],
  ['focusin', (event) => (field = fieldOf(event))],
  ['focusout', () => forgetLater(field)],
  ['blur', (event) => event.target === window && checkFocus()],
];

function listen(on: boolean): void {
  for (const [type, listener] of listeners) {
    if (on) window.addEventListener(type, listener, true);
    else window.removeEventListener(type, listener, true);
  }
  const active = document.activeElement;
  field = on && active instanceof HTMLElement && takesText(active) ? active : undefined;
}

function recordUse(event: Event): void {
  if (!event.isTrusted) return;
  usedAt = performance.now();
  if (event.type !== 'keydown') return;
  if ((event as KeyboardEvent).key === 'Tab') tabbedAt = usedAt;
  else typedAt = usedAt;
}

const fieldOf = (event: Event): HTMLElement | undefined => {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && takesText(target) ? target : undefined;
};

const NO_TEXT = 'button, submit, reset, image, checkbox, radio, range, color, file'.split(', ');

/** Whether the element accepts text. A custom element counts, since its shadow tree may hold a field. */
const takesText = (element: HTMLElement): boolean =>
  element.isContentEditable ||
  element.matches('textarea, [role=textbox], [role=searchbox], [role=combobox]') ||
  (element.localName.includes('-') && !element.matches('peer-widget')) ||
  (element instanceof HTMLInputElement && !NO_TEXT.includes(element.type));

function forgetLater(left: HTMLElement | undefined): void {
  setTimeout(() => {
    if (field === left && left !== document.activeElement) field = undefined;
  }, MAX_PRESS_REPORT_DELAY);
}

const hasFocus = ({ element }: Frame): boolean => (element.getRootNode() as Document | ShadowRoot).activeElement === element;

/** Handles a window that lost the focus, possibly to a frame: Firefox reports which one later. */
function checkFocus(): void {
  const from = field;
  const lastUse = usedAt;
  const whileTyping = performance.now() - typedAt < TYPING_TIMEOUT;
  if (!from || performance.now() - tabbedAt < MAX_TAB_DELAY) return;
  setTimeout(() => {
    const frame = [...frames].find(hasFocus);
    if (!frame) return;
    const isPressed = frame.pressedAt > lastUse && performance.now() - frame.pressedAt < MAX_FOCUS_DELAY;
    if (isPressed) return;
    from.focus({ preventScroll: true });
    frame.recordFocusTheft(whileTyping);
  }, MAX_PRESS_REPORT_DELAY);
}
