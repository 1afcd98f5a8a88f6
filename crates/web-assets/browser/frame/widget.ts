// The script of the widget's document: opens the channel, loads the component and renders the data that the page sends.

import { type ComponentType, createElement, type ReactNode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

import { DEFAULT_MAX_HEIGHT } from '../protocol/limits';
import { isTheme, type Json, type Look, type ToFrame } from '../protocol/messages';
import { makeOnAction } from './actions';
import { Blocked } from './blocked';
import { Boundary } from './boundary';
import { Channel } from './channel';
import { holdForms } from './forms';
import { relayLinks } from './links';
import { lockdown } from './lockdown';
import { applyLook } from './look';
import { markWork } from './marks';
import { later } from './natives';
import { positionOf } from './position';
import { provideReact } from './react';
import { Size } from './size';
import { loadStyles } from './styles';

interface Shown {
  data: Json;
  props: Record<string, Json>;
  look: Look;
}

/** Calls `onEffects` after each commit of the widget, when its effects have run. */
function Committed({ onEffects, children }: { onEffects: () => void; children?: ReactNode }): ReactNode {
  useEffect(onEffects);
  return children;
}

/** Milliseconds after which a frame reports `idle`. A loop prevents the timer from firing. */
const BUSY_TIMEOUT = 1000;
/** The service's origin and path. Inline scripts have no address, so it derives from the frame's. */
const service = new URL('../..', document.baseURI).href.slice(0, -1);

class Widget {
  readonly #channel: Channel;
  readonly #blocked: Blocked;
  readonly #element = document.getElementById('widget') as HTMLElement;
  readonly #onAction: (name: string, payload?: unknown) => void;
  readonly #root;
  readonly #size: Size;
  #component: ComponentType<Record<string, unknown>> | undefined;
  #width: number | undefined;
  #shown: Shown | undefined;
  #ready = false;

  constructor(channel: Channel, blocked: Blocked) {
    this.#channel = channel;
    this.#blocked = blocked;
    this.#onAction = makeOnAction(channel);
    this.#size = new Size(channel, this.#element);
    // The boundary has reported the error, so React need not log it.
    this.#root = createRoot(this.#element, {
      onCaughtError: () => {},
      onUncaughtError: (error) => channel.fail('render', error, positionOf(error)),
    });
  }

  receive(message: ToFrame): void {
    if (message.type === 'init') {
      this.#width = message.width;
      this.#show(message);
      void this.#load(message.module, message.styles);
    } else if (this.#shown && message.type === 'update') {
      this.#show({ ...this.#shown, data: message.data, props: message.props });
      this.#render();
    } else if (this.#shown && message.type === 'look') {
      this.#show({ ...this.#shown, look: message.look });
      this.#render();
    }
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    const { look, props } = shown;
    applyLook(look, isTheme(props.theme) ? props.theme : look.theme);
    this.#size.maxHeight = look.maxHeight ?? DEFAULT_MAX_HEIGHT;
    const root = document.documentElement;
    root.dataset.maxHeight = `${this.#size.maxHeight}`; // the kit places menus by it
    root.style.setProperty('--page-max-height', `${this.#size.maxHeight}px`); // `h-screen` is no higher
  }

  async #load(module: string, styles: string | undefined): Promise<void> {
    this.#channel.busy('import');
    // Loading a module runs no widget code.
    later(() => this.#channel.idle(), BUSY_TIMEOUT);
    const styled = styles !== undefined && loadStyles(service + styles, this.#blocked);
    try {
      const loaded = (await import(service + module)) as { default?: unknown };
      if (!loaded.default) throw new TypeError('the module exports no component');
      this.#component = loaded.default as ComponentType<Record<string, unknown>>;
    } catch (error) {
      this.#channel.fail('import', error, positionOf(error));
      return;
    }
    await styled;
    this.#render();
  }

  #render(): void {
    if (!this.#component || !this.#shown) return;
    const { data, props, look } = this.#shown;
    this.#channel.busy('render');
    const given = { theme: look.theme, locale: look.locale, dir: look.dir ?? 'ltr', ...props, data, onAction: this.#onAction };
    const widget = createElement(this.#component, given);
    const onError = (error: unknown, components: string): void => this.#channel.fail('render', error, positionOf(error, components));
    // A component that suspends runs no widget code.
    later(() => this.#channel.idle(), BUSY_TIMEOUT);
    const committed = createElement(Committed, { onEffects: () => this.#settle() }, widget);
    this.#root.render(createElement(Boundary, { onError }, committed));
  }

  /** Reports the first height after the effects. React renders the state that they set before the next timer, so it is the final height. */
  #settle(): void {
    this.#channel.idleSoon();
    if (this.#ready) return;
    this.#ready = true;
    later(() => void this.#size.start(this.#width).then(() => this.#channel.send({ type: 'ready' })));
  }
}

await provideReact();
lockdown();
const channel = await Channel.open();
document.title = channel.page.title;
window.addEventListener('error', ({ error, message }) => channel.fail('event', error ?? message, positionOf(error)));
window.addEventListener('unhandledrejection', ({ reason }) => channel.fail('promise', reason, positionOf(reason)));
const blocked = new Blocked(channel);
blocked.watch();
holdForms(blocked);
relayLinks(channel, blocked);
const widget = new Widget(channel, blocked);
channel.listen((message) => widget.receive(message));
markWork(channel);
