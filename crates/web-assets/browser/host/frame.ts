// The page's end of the channel: one frame, which the page does not trust. A widget may control all code in the frame, so this class
// checks and limits everything that it sends.

import {
  MAX_ERROR_BURST,
  MAX_ERRORS_PER_SECOND,
  MAX_MESSAGES_PER_SECOND,
  MAX_REQUEST_BURST,
  MAX_REQUESTS_PER_SECOND,
} from '../protocol/limits';
import {
  type ErrorSource,
  type FrameErrorKind,
  type FromFrame,
  isFatal,
  type Json,
  type Look,
  PROTOCOL,
  type ToFrame,
} from '../protocol/messages';
import { readFromFrame } from '../protocol/read';
import { ActionLimiter, TokenBucket } from '../protocol/token-bucket';
import { guardFocus } from './focus';
import type { Payload } from './payload';
import { canOpen, hasGesture, readFileName, type WidgetRequest } from './requests';
import type { Sandbox } from './sandbox';
import { settled, takeSandbox } from './spare';

/** Milliseconds until the frame must ask for its channel: from its creation, and from its `load` event. */
const LOAD_TIMEOUT = 30_000;
const HELLO_TIMEOUT = 5_000;
/** Pings, one per second, before a widget without a first commit counts as failed. */
const MAX_PINGS_BEFORE_COMMIT = 10;
/** Times within the window that a widget may take the focus while its reader types, or again soon. The last one ends the widget. */
const MAX_FOCUS_THEFTS = 3;
const FOCUS_THEFT_WINDOW = 60_000;
/** Milliseconds after a theft in which the next one counts even if its reader does not type. */
const REPEATED_THEFT_WINDOW = 5_000;

export interface Events {
  ready(): void;
  size(height: number, follows: boolean): void;
  action(name: string, payload: Json): void;
  error(kind: string, message: string, source?: ErrorSource): void;
  /** The reader has followed a link or a download. */
  request(request: WidgetRequest): void;
  /** The frame has failed: `load`, `render`, `gone`, `flood`, `focus`. */
  broken(kind: string, message: string): void;
}

export class Frame {
  readonly #sandbox: Sandbox;
  readonly #events: Events;
  readonly #payload: Payload;
  readonly #messages = new TokenBucket(MAX_MESSAGES_PER_SECOND, MAX_MESSAGES_PER_SECOND);
  readonly #actions = new ActionLimiter();
  readonly #requests = new TokenBucket(MAX_REQUEST_BURST, MAX_REQUESTS_PER_SECOND);
  readonly #errors = new TokenBucket(MAX_ERROR_BURST, MAX_ERRORS_PER_SECOND);
  #look: Look;
  #port: MessagePort | undefined;
  #timer: number | undefined;
  #closed = false;
  #ready = false;
  #pings = 0;
  /** Whether the widget's code was running at the frame's last report. */
  busy = false;
  /** Pings since the last pong. */
  unanswered = 0;
  answers = 0;
  /** Time of the last press in the frame, or of the page moving the focus there. */
  enteredAt = -Infinity;
  #thefts: number[] = [];
  #lastTheft = -Infinity;
  #unguard = (): void => {};

  /** Renders the widget in `room`, which must be in the document. */
  constructor(payload: Payload, look: Look, title: string, room: Element, events: Events) {
    this.#sandbox = takeSandbox(room.ownerDocument, payload.frame);
    this.#payload = payload;
    this.#look = look;
    this.#events = events;
    const { element } = this.#sandbox;
    element.title = title;
    element.style.colorScheme = look.theme;
    this.#sandbox.onSignal = (type) => {
      if (type === 'gone') this.#events.broken('gone', 'the widget has left its document');
      else if (!this.#port) this.#open();
    };
    this.#sandbox.onFlood = () => this.#flood();
    this.#sandbox.place(room);
    this.#unguard = guardFocus(this);
    this.#expectHello(LOAD_TIMEOUT);
    // An error response fires `load` too.
    element.addEventListener('load', () => this.#expectHello(HELLO_TIMEOUT));
    if (this.#sandbox.greeted) this.#open();
  }

  get element(): HTMLIFrameElement {
    return this.#sandbox.element;
  }

  /** Whether the channel is open. */
  get connected(): boolean {
    return this.#port !== undefined;
  }

  /** Sends new data to the widget. */
  update(data: Json, props: Record<string, Json>): void {
    this.#send({ type: 'update', data, props });
  }

  /** Moves the focus into the widget, for the page. */
  focus(options?: FocusOptions): void {
    this.enteredAt = performance.now();
    this.element.focus(options);
  }

  restyle(look: Look, title: string): void {
    if (title === this.element.title && JSON.stringify(look) === JSON.stringify(this.#look)) return;
    this.#look = look;
    this.element.title = title;
    this.element.style.colorScheme = look.theme;
    if (!this.#port) return;
    this.#connect([]);
    this.#send({ type: 'look', look });
  }

  ping(number: number): void {
    if (!this.connected) return;
    this.#pings += 1;
    if (!this.#ready && this.#pings > MAX_PINGS_BEFORE_COMMIT) {
      this.#events.broken('render', `the widget was not rendered within ${MAX_PINGS_BEFORE_COMMIT} seconds`);
      return;
    }
    this.unanswered += 1;
    this.#send({ type: 'ping', number });
  }

  close(): void {
    this.#closed = true;
    this.#unguard();
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#sandbox.close();
    settled(this.#sandbox);
  }

  #expectHello(milliseconds: number): void {
    if (this.#port || this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#events.broken('load', 'the frame could not be loaded'), milliseconds);
  }

  #send(message: ToFrame): void {
    this.#port?.postMessage(message);
  }

  #connect(ports: MessagePort[]): void {
    this.#sandbox.connect({ widgetd: PROTOCOL, type: 'connect', title: this.element.title, look: this.#look }, ports);
  }

  #open(): void {
    clearTimeout(this.#timer);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => this.#receive(event);
    const { module, styles, data, props } = this.#payload;
    this.#connect([port2]);
    const widget = { module, ...(styles !== undefined && { styles }), data, props };
    this.#send({ type: 'init', ...widget, look: this.#look, width: this.element.clientWidth });
  }

  #receive(event: MessageEvent): void {
    if (this.#closed) return;
    if (!this.#messages.take(performance.now())) return this.#flood();
    const message = readFromFrame(event.data);
    if (message) this.#handle(message);
  }

  #flood(): void {
    this.#events.broken('flood', 'the widget sends too many messages');
  }

  /** Records that the widget took the focus from a field of the page. */
  recordFocusTheft(whileTyping: boolean): void {
    const now = performance.now();
    this.#thefts = this.#thefts.filter((theft) => now - theft < FOCUS_THEFT_WINDOW);
    if (whileTyping || now - this.#lastTheft < REPEATED_THEFT_WINDOW) this.#thefts.push(now);
    this.#lastTheft = now;
    if (this.#thefts.length < MAX_FOCUS_THEFTS) this.#events.error('focus', 'the widget took the focus from the page, which restored it');
    else this.#events.broken('focus', 'the widget takes the focus from the page repeatedly');
  }

  #handle(message: FromFrame): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        settled(this.#sandbox);
        return this.#events.ready();
      case 'size':
        return this.#events.size(message.height, message.follows);
      case 'action':
        return this.#raise(message.name, message.payload);
      case 'error':
        return this.#report(message.kind, message.message, message);
      case 'link':
        return void (canOpen(message.url) && this.#forward({ url: message.url, target: message.target }));
      case 'download':
        return void this.#forward({ name: readFileName(message.name), type: message.blob.type, blob: message.blob });
      case 'pong':
        this.unanswered = 0;
        this.answers += 1;
        return;
      case 'busy':
        this.busy = true;
        return;
      case 'idle':
        this.busy = false;
        return;
      case 'press':
        this.enteredAt = performance.now();
        return;
    }
  }

  #report(kind: FrameErrorKind, message: string, source?: ErrorSource): void {
    if (isFatal(kind) || this.#errors.take(performance.now())) this.#events.error(kind, message, source);
  }

  /** The frame sends requests only within a gesture, but a widget may control it. */
  async #forward(request: WidgetRequest): Promise<void> {
    if (!this.#requests.take(performance.now())) return this.#report('blocked', 'too many links and downloads: one was dropped');
    if ((await hasGesture()) && !this.#closed) this.#events.request(request);
  }

  #raise(name: string, text: string): void {
    if (!this.#actions.take(performance.now(), text)) return this.#report('action', `too many actions: '${name}' was dropped`);
    let payload: Json;
    try {
      payload = JSON.parse(text) as Json;
    } catch {
      return;
    }
    this.#events.action(name, payload);
  }
}
