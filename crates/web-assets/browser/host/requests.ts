// Opens the links and saves the files that a widget's reader has chosen in it, unless the page does so itself.

import { isOpenable, type Look } from '../protocol/messages';
import { SERVICE } from './service';

/** Milliseconds for the browser to report a gesture in a frame to its page. */
const GESTURE_DELAY = 100;
/** Milliseconds after which a saved file is released. */
const RELEASE_DELAY = 60_000;
/** Milliseconds that a request may wait for the script of the confirmation while others are dropped. */
const LOAD_TIME = 10_000;

/** What a widget asks for, as the event of the element has it. */
export type WidgetRequest = { url: string; target: string } | { name: string; type: string; blob: Blob };

/** `host/confirm.ts`, which loads at the first link. */
export interface Confirmation {
  /** Shows the confirmation in the element, and returns it. Shows none soon after the reader has canceled one. */
  ask(
    root: ShadowRoot,
    request: WidgetRequest,
    anchorFor: (request: WidgetRequest) => HTMLAnchorElement,
    look: Look,
  ): HTMLElement | undefined;
}

/** Whether the address may be opened. */
export const canOpen = (url: string): boolean => URL.canParse(url) && isOpenable(new URL(url));

/** Resolves with whether the page's reader has just pressed or typed, in the page or a frame. A widget cannot pretend that. */
export async function hasGesture(): Promise<boolean> {
  if (navigator.userActivation.isActive) return true;
  await new Promise((resolve) => setTimeout(resolve, GESTURE_DELAY));
  return navigator.userActivation.isActive;
}

/** A link that opens the address in a new tab, or saves the file. Neither reaches the page: the tab has no opener. */
function anchorFor(request: WidgetRequest): HTMLAnchorElement {
  const anchor = document.createElement('a');
  if ('url' in request) {
    anchor.href = request.url;
    anchor.rel = 'noopener noreferrer';
    if (/^http/.test(request.url)) anchor.target = '_blank';
  } else {
    // As bytes, so that no browser shows it as a page of this origin.
    anchor.href = URL.createObjectURL(new Blob([request.blob], { type: 'application/octet-stream' }));
    anchor.download = request.name;
    anchor.onclick = () => setTimeout(() => URL.revokeObjectURL(anchor.href), RELEASE_DELAY);
  }
  return anchor;
}

/** The last confirmation. It is in the document until its reader has answered. */
let shown: HTMLElement | undefined;
/** The time until which a request waits for the confirmation's script, and others are dropped. */
let loadingUntil = 0;

/** The file's name without characters that hide or change how it ends, such as U+202E and blanks, or that are in no file's name. */
export const readFileName = (name: string): string =>
  name
    .replace(/(?! )[\p{C}\p{Z}\u115F\u1160\u2800\u3164\uFFA0/\\:*?"<>|]/gu, '_')
    .replace(/ +/g, ' ')
    .trim() || 'download';

/**
 * Opens or saves it, after a confirmation if `mode` is not `open`. One confirmation is shown at a time. Rejects if its script does not
 * load.
 */
export async function fulfill(root: ShadowRoot, request: WidgetRequest, mode: string | null, look: Look): Promise<void> {
  if (mode === 'none' || performance.now() < loadingUntil || shown?.isConnected) return;
  if (mode === 'open') return anchorFor(request).click();
  loadingUntil = performance.now() + LOAD_TIME;
  try {
    const { ask } = (await import(`${SERVICE}/embed/v1/confirm.js`)) as Confirmation;
    if (root.host.isConnected && !shown?.isConnected) shown = ask(root, request, anchorFor, look);
  } finally {
    loadingUntil = 0;
  }
}
