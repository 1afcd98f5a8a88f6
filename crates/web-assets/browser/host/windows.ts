// Receives the window messages of all frames with one listener, so that a message costs the same with many widgets.

import { TokenBucket } from '../protocol/token-bucket';

export interface Sender {
  readonly element: HTMLIFrameElement;
  /** Handles a message of the outer frame. */
  receive(event: MessageEvent): void;
  /** Handles a widget that sends too many messages to the page's window instead of its channel. */
  flood(): void;
}

/** Messages to the page's window that a widget may send at once, and then per second. Legitimate widgets send none. */
const MAX_STRAY_BURST = 20;
const MAX_STRAYS_PER_SECOND = 1;

const senders = new Map<MessageEventSource, { sender: Sender; strays: TokenBucket }>();

/** Receives the messages of a frame in the document until the returned function is called. */
export function listen(sender: Sender): () => void {
  const source = sender.element.contentWindow as Window;
  if (senders.size === 0) window.addEventListener('message', receive);
  senders.set(source, { sender, strays: new TokenBucket(MAX_STRAY_BURST, MAX_STRAYS_PER_SECOND) });
  return () => {
    senders.delete(source);
    if (senders.size === 0) window.removeEventListener('message', receive);
  };
}

function receive(event: MessageEvent): void {
  if (event.origin !== 'null' || !event.source) return;
  const outer = senders.get(event.source);
  if (outer) return outer.sender.receive(event);
  // `event.data` is not read: deserializing it may take long.
  const parent = (event.source as Window).parent;
  const widget = senders.get(parent);
  if (widget && !widget.strays.take(performance.now())) widget.sender.flood();
}
