// Links and downloads go to the page. A frame opens nothing itself: with a modifier key or the middle button, a link would open a tab
// outside the sandbox.

import { MAX_ADDRESS_LENGTH, MAX_DOWNLOAD_BYTES, MAX_FILE_NAME_LENGTH, MAX_TARGET_LENGTH } from '../protocol/limits';
import { isOpenable } from '../protocol/messages';
import type { Blocked } from './blocked';
import type { Channel } from './channel';
import { blobOf, rememberBlobs } from './downloads';
import { onLink } from './elements';
import { apply, getterOf, later, replace } from './natives';

const { composedPath, preventDefault } = Event.prototype;
const { getAttribute, getAttributeNS, scrollIntoView } = Element.prototype;
const { addEventListener } = EventTarget.prototype;
const { add, has } = WeakSet.prototype;
const { defineProperty } = Object;
const { userActivation } = navigator;
const localName = getterOf(Element.prototype, 'localName');
const namespaceURI = getterOf(Element.prototype, 'namespaceURI');
const isActive = getterOf(UserActivation.prototype, 'isActive');
const MATHML = 'http://www.w3.org/1998/Math/MathML';
const XLINK = 'http://www.w3.org/1999/xlink';

/** What a link or a call of `window.open` asks for. */
interface Request {
  address: string;
  target: string;
  /** The name of the file to save. */
  name?: string;
}

export function relayLinks(channel: Channel, blocked: Blocked): void {
  // The path of an event does not contain elements of a closed shadow root.
  replace(
    Element.prototype,
    'attachShadow',
    (native) =>
      function (this: unknown, init: unknown) {
        return apply(native, this, [{ ...(init as object), mode: 'open' }]);
      },
  );
  rememberBlobs();
  const relay = (request: Request): (() => void) => prepare(channel, blocked, request);
  const handled = new WeakSet<Event>();
  const listener = (event: Event): void => {
    const link = preventLink(event as MouseEvent);
    const request = link && requestOf(link, event as MouseEvent);
    if (!request || apply(has, handled, [event])) return;
    apply(add, handled, [event]);
    // Its blob may be revoked before the handlers have decided.
    const send = relay(request);
    const isPrevented = watchPrevention(event);
    later(() => isPrevented() || send());
  };
  const watch = (target: EventTarget): void => {
    // Firefox connects on mousedown.
    for (const type of ['mousedown', 'click', 'auxclick']) apply(addEventListener, target, [type, listener, true]);
  };
  watch(window);
  // A script may click a link that is not in the document. The window does not receive that event.
  onLink(watch);
  const open = (address: unknown = '', target: unknown = '_blank'): null => {
    relay({ address: String(address), target: String(target) })();
    return null;
  };
  for (const owner of [window, Window.prototype]) replace(owner, 'open', () => open);
}

/** Prevents the default action if the event is for a link, before the widget receives it. Returns the innermost link. */
function preventLink(event: MouseEvent): Element | undefined {
  const path = apply(composedPath, event, []);
  let found: Element | undefined;
  for (let at = 0; at < path.length; at += 1) {
    const name = linkName(path[at]);
    if (!name) continue;
    apply(preventDefault, event, []);
    if (name === 'a' || name === 'area') found ??= path[at] as Element;
  }
  return found;
}

/** The name of an element that may be a link. */
function linkName(target: unknown): string | undefined {
  try {
    const name = apply(localName, target, []) as string;
    // The path of an event does not contain the content of `use`; in MathML each element may be a link.
    const isLink = name === 'a' || name === 'area' || name === 'use';
    return isLink ? name : apply(namespaceURI, target, []) === MATHML ? 'math' : undefined;
  } catch {
    return undefined; // not an element
  }
}

function requestOf(link: Element, { type, button, ctrlKey, metaKey, shiftKey }: MouseEvent): Request | undefined {
  const attribute = (name: string): string | null => apply(getAttribute, link, [name]);
  const address = attribute('href') ?? (apply(getAttributeNS, link, [XLINK, 'href']) as string | null);
  if (address === null || type === 'mousedown' || button === 2) return undefined;
  const isNewTab = button === 1 || ctrlKey || metaKey || shiftKey;
  const target = isNewTab ? '_blank' : attribute('target') || '_self';
  const name = attribute('download');
  return { address: address.trim(), target, ...(name !== null && { name }) };
}

/** Lets the event show whether the widget prevents its default: the frame has done so already. */
function watchPrevention(event: Event): () => boolean {
  let isPrevented = false;
  // `configurable`: a widget may dispatch its event twice.
  defineProperty(event, 'defaultPrevented', { get: () => isPrevented, configurable: true });
  defineProperty(event, 'preventDefault', { value: () => void (isPrevented = true), configurable: true });
  return () => isPrevented;
}

/** Reads what the request needs now. The returned function sends it, or reports why not. */
function prepare(channel: Channel, blocked: Blocked, { address, target, name }: Request): () => void {
  const refuse = (reason: string) => () => blocked.report('links', address, reason);
  const hasGesture = apply(isActive, userActivation, []) as boolean;
  if (address.startsWith('#')) return () => scrollTo(address.slice(1), hasGesture);
  if (!URL.canParse(address)) return refuse('a link needs a whole address, such as https://example.com/page');
  if (!hasGesture) return refuse("it opens only when the widget's reader presses or types");
  const url = new URL(address);
  if (name !== undefined && (url.protocol === 'blob:' || url.protocol === 'data:')) {
    const blob = blobOf(url.href);
    if (!blob) return refuse('the file does not exist; revoke its address after the click');
    if (blob.size > MAX_DOWNLOAD_BYTES) return refuse('a file may have at most 8 MiB');
    const file = name || (blob instanceof File && blob.name) || 'download';
    return () => channel.send({ type: 'download', name: file.slice(0, MAX_FILE_NAME_LENGTH), blob });
  }
  if (!isOpenable(url)) return refuse('a link may open http, https, mailto and tel; a file needs <a download>');
  if (url.href.length > MAX_ADDRESS_LENGTH) return refuse(`an address may have at most ${MAX_ADDRESS_LENGTH} characters`);
  return () => channel.send({ type: 'link', url: url.href, target: target.slice(0, MAX_TARGET_LENGTH) });
}

/** Scrolls to an element of the widget; at its reader's click the page too, since the frame is as high as the widget. */
function scrollTo(fragment: string, hasGesture: boolean): void {
  const name = decode(fragment);
  const target = document.getElementById(name) ?? document.getElementsByName(name)[0];
  if (target && hasGesture) apply(scrollIntoView, target, []);
  else target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
