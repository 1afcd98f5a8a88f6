// <peer-widget>: renders one render payload of the service.

import { DEFAULT_MAX_HEIGHT } from '../protocol/limits';
import { type ErrorSource, type FrameErrorKind, isFatal } from '../protocol/messages';
import { explain, needsExplanation } from './explain';
import { Frame } from './frame';
import { recall, remember } from './heights';
import { lookOf, makeProbe, onLookChange, PROBE_STYLE } from './look';
import { isInView, whenNear } from './near';
import { type Payload, readPayload } from './payload';
import { fulfill, type WidgetRequest } from './requests';
import { hasSpare } from './spare';
import { SteadyHeight } from './steady';
import { type Watched, watch } from './watchdog';

const STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }
[part=room] { height: var(--height); }
iframe { display: block; width: 100%; height: 100%; border: 0; }
[part=fallback] { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
${PROBE_STYLE}`;

/** The members of a payload that make another widget, which needs a new frame. */
const WIDGET = ['module', 'styles', 'frame'] as const;
/** CSS pixels reserved for a widget whose height is unknown. */
const DEFAULT_HEIGHT = 160;

export class PeerWidget extends HTMLElement implements Watched {
  static readonly observedAttributes = ['theme', 'locale', 'title', 'max-height', 'class', 'style'];

  readonly #root = this.attachShadow({ mode: 'open' });
  #payload: Payload | undefined;
  #given: unknown;
  /** Has the actual or expected height of the widget, so that the page does not shift when the frame appears or disappears. */
  readonly #room = document.createElement('div');
  readonly #probe = makeProbe();
  #frame: Frame | undefined;
  #stopped = false;
  /** Resolves a pending `suspend` when the widget is ready or has failed. */
  #settled = (): void => {};
  /** The last height that the widget reported. */
  #height: number | undefined;
  #steady: SteadyHeight | undefined;
  #unwatch = (): void => {};
  #cancelLoad = (): void => {};
  #stopObservingLook = (): void => {};

  constructor() {
    super();
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [style];
    this.#room.setAttribute('part', 'room');
  }

  /** The render payload, as the service returns it. */
  get payload(): unknown {
    return this.#given;
  }

  set payload(value: unknown) {
    this.#given = value;
    let payload: Payload | undefined;
    try {
      payload = value === null || value === undefined ? undefined : readPayload(value);
    } catch (error) {
      this.#payload = undefined;
      this.#fail('payload', error instanceof Error ? error.message : String(error));
      return;
    }
    const before = this.#payload;
    this.#payload = payload;
    this.strikes = 0;
    const isSameWidget = WIDGET.every((name) => before?.[name] === payload?.[name]);
    if (payload && isSameWidget && this.#frame && !this.#stopped) {
      this.#frame.update(payload.data, payload.props);
      this.#restyle();
    } else {
      this.#show();
    }
  }

  connectedCallback(): void {
    this.#takeEarlyPayload();
    this.#stopObservingLook = onLookChange(this.#probe, () => this.#restyle());
    this.#show();
    if (this.#given !== undefined) return;
    this.#readScript();
    // The parser may not have reached the script yet.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => this.#readScript(), { once: true });
  }

  disconnectedCallback(): void {
    this.#close();
    this.#stopObservingLook();
  }

  /** Without this method, `moveBefore` would disconnect and reload the frame. */
  connectedMoveCallback(): void {}

  attributeChangedCallback(name: string): void {
    if (name === 'max-height') this.#resize();
    this.#restyle();
  }

  /** A payload set before the element was defined is an own property that hides the accessor. */
  #takeEarlyPayload(): void {
    if (!Object.hasOwn(this, 'payload')) return;
    const payload = (this as { payload: unknown }).payload;
    Reflect.deleteProperty(this, 'payload');
    this.payload = payload;
  }

  #readScript(): void {
    const script = this.querySelector(':scope > script[type="application/json"]');
    if (!script || this.#given !== undefined || !this.isConnected) return;
    try {
      this.payload = JSON.parse(script.textContent ?? '') as unknown;
    } catch (error) {
      this.#fail('payload', String(error));
    }
  }

  #title(): string {
    return (this.getAttribute('title') || this.#payload?.title || 'Widget').slice(0, 1000);
  }

  /** Loads the widget when it is near the viewport, or immediately. */
  #show({ immediately = false } = {}): void {
    this.#close();
    this.#stopped = false;
    if (!this.#payload || !this.isConnected) {
      this.#root.replaceChildren();
      return;
    }
    this.#height = undefined;
    this.#root.replaceChildren(this.#probe, this.#room);
    this.#resize();
    // With a spare frame, loading need not wait for the observer's callback in the next animation frame.
    if (immediately || (hasSpare() && isInView(this))) this.#load(this.#payload);
    else this.#cancelLoad = whenNear(this, () => this.#payload && this.#load(this.#payload));
  }

  #load(payload: Payload): void {
    let follows = false;
    const steady = new SteadyHeight((height) => this.#takeHeight(height, follows));
    this.#steady = steady;
    this.#frame = new Frame(payload, lookOf(this, this.#probe), this.#title(), this.#room, {
      ready: () => {
        this.#settled();
        this.#raise('widget-ready', {});
      },
      size: (height, followsFrame) => {
        follows = followsFrame;
        steady.take(height);
      },
      action: (name, payload) => this.#raise('widget-action', { name, payload }),
      error: (kind, message, source) => {
        if (isFatal(kind as FrameErrorKind)) this.#fail(kind, message, source);
        else void this.#report(kind, message, false, source);
      },
      request: (request) => this.#handleRequest(request),
      broken: (kind, message) => this.#fail(kind, message),
    });
    this.#unwatch = watch(this);
  }

  #close(): void {
    this.#unwatch();
    this.#cancelLoad();
    this.#steady?.stop();
    this.#frame?.close();
    this.#frame = undefined;
  }

  /** Moves the focus into the widget. A page that calls this on the frame itself would have it given back to its field. */
  override focus(options?: FocusOptions): void {
    if (this.#frame) this.#frame.focus(options);
    else super.focus(options);
  }

  // The watchdog's interface, not for pages.

  strikes = 0;

  get frame(): Frame | undefined {
    return this.#frame;
  }

  stop(): void {
    this.#fail('hang', 'the widget does not respond');
  }

  suspend(): () => Promise<void> {
    this.#close();
    const payload = this.#payload;
    return () =>
      new Promise((resolve) => {
        this.#settled = resolve;
        // The page may have changed or removed the payload meanwhile.
        if (this.#payload === payload && this.isConnected && !this.#frame && !this.#stopped) this.#show({ immediately: true });
        else resolve();
      });
  }

  #restyle(): void {
    this.#frame?.restyle(lookOf(this, this.#probe), this.#title());
  }

  #takeHeight(height: number, follows: boolean): void {
    this.#height = height;
    const { messageId, widgetKey } = this.#payload ?? {};
    remember(messageId ?? '', widgetKey ?? '', this.#room.clientWidth, follows ? undefined : height);
    this.#resize();
  }

  /** Sets the reported or expected height, up to `max-height`. */
  #resize(): void {
    const maxHeight = Number(this.getAttribute('max-height')) || DEFAULT_MAX_HEIGHT;
    this.#room.style.setProperty('--height', `${Math.min(this.#height ?? this.#expectedHeight(), maxHeight)}px`);
  }

  #expectedHeight(): number {
    const { messageId = '', widgetKey = '', height } = this.#payload ?? {};
    const { exact, similar } = recall(messageId, widgetKey, this.#room.clientWidth);
    return exact ?? height ?? similar ?? DEFAULT_HEIGHT;
  }

  /** Replaces the widget with the message's text, or else with the element's content. */
  #fail(kind: string, message: string, source?: ErrorSource): void {
    this.#close();
    this.#settled();
    this.#stopped = true;
    const text = this.#payload?.text;
    const fallback = document.createElement(text ? 'p' : 'slot');
    fallback.setAttribute('part', 'fallback');
    fallback.textContent = text || 'This widget cannot be shown.';
    this.#root.replaceChildren(fallback);
    void this.#report(kind, message, true, source);
  }

  async #report(kind: string, message: string, fatal: boolean, { position, directive, address }: ErrorSource = {}): Promise<void> {
    const module = this.#payload?.module;
    const explained = module && needsExplanation(message, position) ? await explain(message, module, position) : { message };
    this.#raise('widget-error', { kind, ...explained, fatal, ...(directive && { directive, address }) });
  }

  #handleRequest(request: WidgetRequest): void {
    const isOurs = this.#raise('url' in request ? 'widget-link' : 'widget-download', request, true);
    if (!isOurs) return;
    fulfill(this.#root, request, this.getAttribute('links'), lookOf(this, this.#probe)).catch(() =>
      this.#report('blocked', 'the confirmation of a link did not load', false),
    );
  }

  /** Returns whether no listener has prevented the default. */
  #raise(type: string, detail: object, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }
}
