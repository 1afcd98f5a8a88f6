// Gives the focus back when a widget takes it from a field of the page: what is typed next would go to the widget.
//
// A reader moves the focus into a widget with Tab, which the page sees, or by a press in it, which the frame reports. A page moves it
// there with the element's `focus()`. Whenever else a field has lost the focus to a frame, it gets it back, wherever the focus went
// from there.

import type { Frame } from './frame';

/** Milliseconds for the report of a press to arrive, and for the browser to name the frame that has the focus. */
const MAX_PRESS_DELAY = 150;
/** Milliseconds after the handlers of a Tab key in which the focus may move. */
const MAX_TAB_DELAY = 300;
/** Milliseconds from a press in a frame to the focus: a finger may rest before it lets go. */
const PRESS_LASTS = 1000;
/** Milliseconds after an input in which its reader still types. */
const TYPING_LASTS = 3000;
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
/** Whether it is being found out where the focus went. */
let isLooking = false;

/** Watches the focus for a frame, until the function that is returned is called. */
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

/** What an event is about; a widget's frame is not of the page, though Firefox sends its keys there under WebDriver. */
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

/** Whether keys write into the element, as far as can be seen: a closed shadow tree may hold a field. */
const takesText = (element: HTMLElement): boolean =>
  element.isContentEditable ||
  element.matches('textarea, [role=textbox], [role=searchbox], [role=combobox], [role=gridcell]') ||
  (element.localName.includes('-') && !element.matches('peer-widget')) ||
  (element instanceof HTMLInputElement && !NO_TEXT.includes(element.type));

/** A page may take the focus from its field itself; then the window keeps it. */
function leave(from: HTMLElement | undefined): void {
  setTimeout(() => {
    if (field === from && !isLooking && !isActive(from)) field = undefined;
  }, MAX_PRESS_DELAY);
}

const isActive = (element: HTMLElement | undefined): boolean => (element?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement === element;

const hasFocus = ({ element }: Frame): boolean => (element.getRootNode() as Document | ShadowRoot).activeElement === element;

/** The window has lost the focus, maybe to a frame: Firefox says to which only later, and the frame may give it away again. */
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
    if (performance.now() - leftAt < MAX_PRESS_DELAY) return;
    clearInterval(look);
    isLooking = false;
    const isEntered = thief && thief.enteredAt > lastUse && performance.now() - thief.enteredAt < PRESS_LASTS;
    if (isEntered || pointedAt > leftAt) field = undefined;
    else giveBack(from, thief, leftAt - typedAt < TYPING_LASTS);
  }, LOOK_INTERVAL);
}

function giveBack(from: HTMLElement, thief: Frame | undefined, whileTyping: boolean): void {
  const active = document.activeElement;
  const isLost = active === document.body || active?.matches('peer-widget') || (active && isOfFrame(active));
  // Else the window as a whole has lost the focus, or the page has gone on.
  if (field !== from || !isLost || !from.isConnected) return;
  // First, as a widget that is ended now would lose the focus once more.
  thief?.tookFocus(whileTyping);
  from.focus({ preventScroll: true });
}
