// One frame that is loaded ahead, with React in it, for the next widget. In Chromium the first sandboxed frame starts a process, and
// each is loaded from the network or the cache of documents: with a spare one that is done before the payload is there.

import { CAN_MOVE, Sandbox } from './sandbox';

/** The browser may be busy all the time. */
const MAX_IDLE_WAIT = 2000;

let spare: Sandbox | undefined;
let holder: HTMLElement | undefined;
let shadow: ShadowRoot | undefined;
/** Sandboxes whose widgets are not shown yet. */
const pending = new Set<Sandbox>();
let scheduled = false;

/** The spare frame, or else a new one. Only frames of the same document can be moved. */
export function takeSandbox(owner: Document): Sandbox {
  const taken = owner === document ? spare : undefined;
  if (taken) spare = undefined;
  // The page may have taken it away; and what is loaded without a greeting is the document of an error.
  const isUsable = taken?.element.isConnected && (taken.greeted || !taken.loaded);
  if (taken && !isUsable) taken.close();
  const sandbox = taken && isUsable ? taken : new Sandbox();
  pending.add(sandbox);
  return sandbox;
}

/** Whether a frame can be taken that is loaded already. */
export const hasSpare = (): boolean => spare?.greeted === true;

/** The sandbox's widget is shown, or will not be. When all are, there is time for another spare frame. */
export function settled(sandbox: Sandbox): void {
  if (pending.delete(sandbox)) prepareSpare();
}

/** Closes the spare frame: the process that it shares with others has to end. */
export function dropSpare(): void {
  spare?.close();
  spare = undefined;
}

/** Loads a spare frame when nothing else is to be done. */
export function prepareSpare(): void {
  if (!CAN_MOVE || scheduled || spare) return;
  scheduled = true;
  whenIdle(() => {
    scheduled = false;
    if (spare || pending.size > 0) return;
    spare = new Sandbox();
    spare.element.title = 'Widget';
    spare.place(place());
  });
}

/** Where the spare frame waits: out of sight and reach, laid out so that nothing is left to be done when it is shown. */
function place(): ParentNode & Node {
  if (!holder) {
    holder = document.createElement('div');
    shadow = holder.attachShadow({ mode: 'closed' });
    Object.assign(holder.style, {
      position: 'fixed',
      inset: '0 auto auto 0',
      width: '600px',
      height: '0',
      overflow: 'hidden',
      visibility: 'hidden',
      pointerEvents: 'none',
    });
    holder.setAttribute('aria-hidden', 'true');
    holder.inert = true;
  }
  if (!holder.isConnected) document.documentElement.append(holder);
  return shadow as ShadowRoot;
}

function whenIdle(callback: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(callback, { timeout: MAX_IDLE_WAIT });
  else setTimeout(callback, MAX_IDLE_WAIT / 10);
}
