// The window messages of all frames, by one listener: a page with many widgets must not pay for each message as many times.

import { TokenBucket } from '../protocol/token-bucket';

export interface Sender {
  readonly element: HTMLIFrameElement;
  /** A message of the outer frame. */
  receive(event: MessageEvent): void;
  /** The widget itself sends messages to the page's window, past its channel, in numbers. */
  flood(): void;
}

/** Messages to the page's window that a widget may send at once and a second. It has no use for any. */
const MAX_STRAY_BURST = 20;
const MAX_STRAYS_PER_SECOND = 1;

const senders = new Map<MessageEventSource, { sender: Sender; strays: TokenBucket }>();

/** Hears the frame, which is in the document, until the answer is called. */
export function hear(sender: Sender): () => void {
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
  // The data is not looked at: reading it may take longer than all else.
  const parent = (event.source as Window).parent;
  const widget = senders.get(parent);
  if (widget && !widget.strays.take(performance.now())) widget.sender.flood();
}
