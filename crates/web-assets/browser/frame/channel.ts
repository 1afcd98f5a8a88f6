// The frame's end of the channel.
//
// The widget's code shares these globals, so this module saves the functions that it needs before the widget loads: a widget that
// replaces `MessagePort.prototype.postMessage` sees neither the channel nor its messages.

import { MAX_ERROR_MESSAGE_LENGTH } from '../protocol/limits';
import type { Connect, ErrorSource, FrameErrorKind, FromFrame, ToFrame, Work } from '../protocol/messages';
import { PROTOCOL } from '../protocol/messages';
import { isConnect, readToFrame } from '../protocol/read';
import { apply, getterOf, later } from './natives';

const { postMessage } = MessagePort.prototype;
const dataOf = getterOf(MessageEvent.prototype, 'data');
const { slice } = String.prototype;

/** Events of the channel. Their target is the port, so `window.event` must not expose them to the widget. */
const hidden = new WeakSet<object>();
const { has, add } = WeakSet.prototype;

function hideEvents(): void {
  const native = getterOf(window, 'event') ?? getterOf(Window.prototype, 'event');
  const get = (): unknown => {
    const event = apply(native, window, []);
    return typeof event === 'object' && event && apply(has, hidden, [event]) ? undefined : event;
  };
  Object.defineProperty(window, 'event', { get, configurable: false });
}

export class Channel {
  readonly #port: MessagePort;
  /** The message in which the page sent the channel. */
  readonly page: Connect;
  #busy = false;
  #ending = false;

  constructor(port: MessagePort, page: Connect) {
    this.#port = port;
    this.page = page;
  }

  /** Asks the parent for the channel and resolves when it arrives. No other window can send one. */
  static open(): Promise<Channel> {
    return new Promise((resolve) => {
      const connect = (event: MessageEvent): void => {
        const port = event.ports[0];
        if (event.source !== window.parent || !isConnect(event.data) || !port) return;
        window.removeEventListener('message', connect);
        resolve(new Channel(port, event.data));
      };
      window.addEventListener('message', connect);
      window.parent.postMessage({ widgetd: PROTOCOL, type: 'hello' }, '*');
    });
  }

  listen(receive: (message: ToFrame) => void): void {
    hideEvents();
    this.#port.onmessage = (event) => {
      apply(add, hidden, [event]);
      const message = readToFrame(apply(dataOf, event, []));
      if (message?.type === 'ping') this.send({ type: 'pong', number: message.number });
      else if (message) receive(message);
    };
  }

  send(message: FromFrame): void {
    apply(postMessage, this.#port, [message]);
  }

  fail(kind: FrameErrorKind, error: unknown, source: ErrorSource = {}): void {
    this.send({ type: 'error', kind, message: apply(slice, describe(error), [0, MAX_ERROR_MESSAGE_LENGTH]) as string, ...source });
  }

  /** Reports the widget code that runs next. If it never returns, the page knows which frame stalled. */
  busy(work: Work): void {
    if (this.#busy) return;
    this.#busy = true;
    this.send({ type: 'busy', work });
  }

  /** Reports that the widget code has returned. */
  idle(): void {
    if (!this.#busy) return;
    this.#busy = false;
    this.send({ type: 'idle' });
  }

  /** Reports `idle` after the handlers of the current event have run. */
  idleSoon(): void {
    if (this.#ending) return;
    this.#ending = true;
    later(() => {
      this.#ending = false;
      this.idle();
    });
  }
}

/** The thrown value in one line. It may be any value, and reading it may throw. */
function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'an error that cannot be read';
  }
}
