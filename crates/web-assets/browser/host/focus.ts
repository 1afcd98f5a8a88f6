// Gives the focus back when a widget takes it from a field of the page: what is typed next would go to the widget.
//
// A reader moves the focus into a widget with Tab, which the page sees, or by pressing in it, which the frame reports.

import type { Frame } from './frame';

/** Milliseconds from the Tab key to the focus, and for the report of a press to come. */
const MAX_TAB_DELAY = 300;
const MAX_PRESS_REPORT_DELAY = 150;
/** Milliseconds from a press in a frame to the focus: a finger may rest before it lets go. */
const MAX_FOCUS_DELAY = 1000;
/** Milliseconds after a key in which its reader still types. */
const TYPING_TIMEOUT = 3000;

const frames = new Set<Frame>();
/** The field of the page that has the focus, or had it until now. */
let field: HTMLElement | undefined;
let tabbedAt = -Infinity;
/** When the reader last did something in the page itself, and last pressed a key there. */
let usedAt = -Infinity;
let typedAt = -Infinity;

/** Watches the focus for a frame, until the answer is called. */
export function guardFocus(frame: Frame): () => void {
  if (frames.size === 0) listen(true);
  frames.add(frame);
  return () => {
    frames.delete(frame);
    if (frames.size === 0) listen(false);
  };
}

const listeners: ReadonlyArray<readonly [string, (event: Event) => void]> = [
  ['keydown', used],
  ['pointerdown', used],
  ['focusin', (event) => (field = fieldOf(event))],
  ['focusout', () => leave(field)],
  ['blur', (event) => event.target === window && moved()],
];

function listen(on: boolean): void {
  for (const [type, listener] of listeners) {
    if (on) window.addEventListener(type, listener, true);
    else window.removeEventListener(type, listener, true);
  }
  const active = document.activeElement;
  field = on && active instanceof HTMLElement && takesText(active) ? active : undefined;
}

function used(event: Event): void {
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

/** Whether keys write into the element, as far as can be seen: a closed shadow tree may hold a field. */
const takesText = (element: HTMLElement): boolean =>
  element.isContentEditable ||
  element.matches('textarea, [role=textbox], [role=searchbox], [role=combobox]') ||
  (element.localName.includes('-') && !element.matches('peer-widget')) ||
  (element instanceof HTMLInputElement && !NO_TEXT.includes(element.type));

function leave(left: HTMLElement | undefined): void {
  setTimeout(() => {
    if (field === left && left !== document.activeElement) field = undefined;
  }, MAX_PRESS_REPORT_DELAY);
}

const hasFocus = ({ element }: Frame): boolean => (element.getRootNode() as Document | ShadowRoot).activeElement === element;

/** The window has lost the focus, maybe to one of the frames: Firefox says to which only later. */
function moved(): void {
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
    frame.tookFocus(whileTyping);
  }, MAX_PRESS_REPORT_DELAY);
}
