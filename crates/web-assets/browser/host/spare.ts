// Preloads one frame with React for the next widget. In Chromium the first sandboxed frame starts a process, and each frame loads from
// the network or the cache. With a spare frame that happens before the payload arrives.

import { CAN_MOVE, Sandbox } from './sandbox';

/** Milliseconds. A browser may never be idle. */
const MAX_IDLE_WAIT = 2000;

let spare: Sandbox | undefined;
let holder: HTMLElement | undefined;
let shadow: ShadowRoot | undefined;
/** Sandboxes whose widgets are still loading. */
const pending = new Set<Sandbox>();
let scheduled = false;

/** Returns the spare frame, or else a new one. A frame can only move within its document. A version's own frame is always new: the policy
 * of a frame cannot change. */
export function takeSandbox(owner: Document, path?: string): Sandbox {
  const taken = owner === document && path === undefined ? spare : undefined;
  if (taken) spare = undefined;
  // The page may have removed it, and a loaded frame without a `hello` holds an error page.
  const isUsable = taken?.element.isConnected && (taken.greeted || !taken.loaded);
  if (taken && !isUsable) taken.close();
  const sandbox = taken && isUsable ? taken : new Sandbox(path);
  pending.add(sandbox);
  return sandbox;
}

/** Whether a loaded spare frame is available. */
export const hasSpare = (): boolean => spare?.greeted === true;

/** Records that the sandbox's widget is ready or has failed. After the last one, another spare frame can load. */
export function settled(sandbox: Sandbox): void {
  if (pending.delete(sandbox)) prepareSpare();
}

/** Closes the spare frame, so that the process that it shares with other frames can end. */
export function dropSpare(): void {
  spare?.close();
  spare = undefined;
}

/** Loads a spare frame when the browser is idle. */
export function prepareSpare(): void {
  if (!CAN_MOVE || scheduled || spare) return;
  scheduled = true;
  whenIdle(() => {
    scheduled = false;
    if (spare || pending.size > 0) return;
    spare = new Sandbox();
    spare.element.title = 'Widget';
    spare.place(spareHolder());
  });
}

/** The hidden and inert parent of the spare frame. It has a layout, so that showing the frame needs no first layout. */
function spareHolder(): ParentNode & Node {
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
