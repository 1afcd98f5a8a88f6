// Restores the focus when a widget takes it from a field of the page: the widget would receive the next keys.
//
// A reader moves the focus into a widget with Tab, which the page sees, or by a press in it, which the frame reports. A page moves it
// there with the element's `focus()`. Whenever else a field has lost the focus to a frame, it gets it back, wherever the focus went
// from there.

import type { Frame } from './frame';

/** Milliseconds for the report of a press to arrive, and for the browser to name the frame that has the focus. */
const MAX_PRESS_REPORT_DELAY = 150;
/** Milliseconds after the handlers of a Tab key in which the focus may move. */
const MAX_TAB_DELAY = 300;
/** Milliseconds from a press in a frame to the focus: a finger may rest before it lets go. */
const MAX_FOCUS_DELAY = 1000;
/** Milliseconds after an input in which its reader still types. */
const TYPING_TIMEOUT = 3000;
/** Milliseconds between two looks at which frame has the focus. */
const LOOK_INTERVAL = 10;

const frames = new Set<Frame>();
/** The field of the page that has the focus, or had it until a frame took it. */
let field: HTMLElement | undefined;
/** Whether a Tab key is about to move the focus. */
let isTabbing = false;
/** When the reader last did something in the page itself, last pressed a pointer there, and last typed there. */
let usedAt = -Infinity;
let pointedAt = -Infinity;
let typedAt = -Infinity;
/** Whether a search for the frame that took the focus is in progress. */
let isLooking = false;

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
  ['keydown', pressed],
  ['beforeinput', typed],
  ['pointerdown', pointed],
  ['focusin', entered],
  ['focusout', () => leave(field)],
  ['blur', (event) => event.target === window && left()],
];

function listen(on: boolean): void {
  for (const [type, listener] of listeners) {
    if (on) window.addEventListener(type, listener, true);
    else window.removeEventListener(type, listener, true);
  }
  const active = document.activeElement;
  field = on && active instanceof HTMLElement && takesText(active) ? active : undefined;
}

/** The element of the page that an event is for. A frame does not count: under WebDriver Firefox sends its keys through the page. */
function targetOf(event: Event): HTMLElement | undefined {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && !isOfFrame(target) ? target : undefined;
}

const isOfFrame = (target: Element): boolean => [...frames].some(({ element }) => element === target) || target.matches('peer-widget');

function used(event: Event): void {
  if (event.isTrusted && targetOf(event)) usedAt = performance.now();
}

function pointed(event: Event): void {
  used(event);
  if (event.isTrusted && targetOf(event)) pointedAt = performance.now();
}

function typed(event: Event): void {
  used(event);
  if (event.isTrusted && targetOf(event)) typedAt = performance.now();
}

function pressed(event: Event): void {
  used(event);
  if (!event.isTrusted || !targetOf(event)) return;
  if ((event as KeyboardEvent).key !== 'Tab') return void (typedAt = performance.now());
  isTabbing = true;
  // The focus moves when the page's handlers have run, if none of them prevents it.
  setTimeout(() => {
    if (event.defaultPrevented) isTabbing = false;
    else setTimeout(() => (isTabbing = false), MAX_TAB_DELAY);
  });
}

function entered(event: Event): void {
  const target = targetOf(event);
  if (!target) return;
  isTabbing = false;
  field = takesText(target) ? target : undefined;
}

const NO_TEXT = 'button, submit, reset, image, checkbox, radio, range, color, file'.split(', ');

/** Whether the element accepts text. A custom element counts, since its shadow tree may hold a field. */
const takesText = (element: HTMLElement): boolean =>
  element.isContentEditable ||
  element.matches('textarea, [role=textbox], [role=searchbox], [role=combobox], [role=gridcell]') ||
  (element.localName.includes('-') && !element.matches('peer-widget')) ||
  (element instanceof HTMLInputElement && !NO_TEXT.includes(element.type));

/** Forgets a field that the page itself took the focus from: then the window keeps the focus. */
function leave(from: HTMLElement | undefined): void {
  setTimeout(() => {
    if (field === from && !isLooking && !isActive(from)) field = undefined;
  }, MAX_PRESS_REPORT_DELAY);
}

const isActive = (element: HTMLElement | undefined): boolean =>
  (element?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement === element;

const hasFocus = ({ element }: Frame): boolean => (element.getRootNode() as Document | ShadowRoot).activeElement === element;

/** Handles a window that lost the focus, possibly to a frame: Firefox reports which one later, and the frame may pass it on. */
function left(): void {
  const from = field;
  if (isTabbing) field = undefined;
  if (!from || isTabbing || isLooking) return;
  isLooking = true;
  const leftAt = performance.now();
  const lastUse = usedAt;
  let thief = [...frames].find(hasFocus);
  const look = setInterval(() => {
    thief ??= [...frames].find(hasFocus);
    if (performance.now() - leftAt < MAX_PRESS_REPORT_DELAY) return;
    clearInterval(look);
    isLooking = false;
    const isEntered = thief && thief.enteredAt > lastUse && performance.now() - thief.enteredAt < MAX_FOCUS_DELAY;
    if (isEntered || pointedAt > leftAt) field = undefined;
    else giveBack(from, thief, leftAt - typedAt < TYPING_TIMEOUT);
  }, LOOK_INTERVAL);
}

function giveBack(from: HTMLElement, thief: Frame | undefined, whileTyping: boolean): void {
  const active = document.activeElement;
  const isLost = active === document.body || active?.matches('peer-widget') || (active && isOfFrame(active));
  // Otherwise the whole window lost the focus, or the page moved it.
  if (field !== from || !isLost || !from.isConnected) return;
  // Before the focus moves: a widget that is ended here loses it again.
  thief?.recordFocusTheft(whileTyping);
  from.focus({ preventScroll: true });
}
