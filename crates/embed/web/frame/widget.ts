// The widget's document: takes the channel, loads the component and renders what the page sends.

import { createElement, useLayoutEffect, type ComponentType, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import type { Json, Look, ToFrame } from '../protocol/messages';
import { makeOnAction } from './actions';
import { Boundary } from './boundary';
import { Channel } from './channel';
import { lockdown } from './lockdown';
import { applyLook } from './look';
import { markWork } from './marks';
import { tellSize } from './size';

interface Shown {
  data: Json;
  props: Record<string, Json>;
  look: Look;
}

/** Calls `onCommit` each time that the widget stands in the document. */
function Committed({ onCommit, children }: { onCommit: () => void; children: ReactNode }): ReactNode {
  useLayoutEffect(onCommit);
  return children;
}

class Widget {
  readonly #channel: Channel;
  readonly #element = document.getElementById('widget') as HTMLElement;
  readonly #onAction: (name: string, payload?: unknown) => void;
  readonly #root;
  #component: ComponentType<Record<string, unknown>> | undefined;
  #shown: Shown | undefined;
  #ready = false;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#onAction = makeOnAction(channel);
    // The boundary has reported it; React would write it to the console as well.
    this.#root = createRoot(this.#element, { onCaughtError: () => {}, onUncaughtError: (error) => channel.fail('render', error) });
  }

  receive(message: ToFrame): void {
    if (message.type === 'init') {
      applyLook(message.look);
      this.#shown = message;
      void this.#load(message.module);
    } else if (this.#shown && message.type === 'update') {
      this.#shown = { ...this.#shown, data: message.data, props: message.props };
      this.#render();
    } else if (this.#shown && message.type === 'look') {
      applyLook(message.look);
      this.#shown = { ...this.#shown, look: message.look };
      this.#render();
    }
  }

  async #load(module: string): Promise<void> {
    this.#channel.busy('import');
    try {
      // Beside the folder that this script is in; a relative import would start there as well.
      const loaded = (await import(new URL(`../..${module}`, import.meta.url).href)) as { default?: unknown };
      if (!loaded.default) throw new TypeError('the module exports no component');
      this.#component = loaded.default as ComponentType<Record<string, unknown>>;
    } catch (error) {
      this.#channel.fail('import', error);
      return;
    }
    this.#render();
  }

  #render(): void {
    if (!this.#component || !this.#shown) return;
    const { data, props, look } = this.#shown;
    this.#channel.busy('render');
    const given = { theme: look.theme, locale: look.locale, ...props, data, onAction: this.#onAction };
    const widget = createElement(this.#component, given);
    const onError = (error: unknown): void => this.#channel.fail('render', error);
    this.#root.render(
      createElement(Boundary, { onError, children: createElement(Committed, { onCommit: () => this.#committed(), children: widget }) }),
    );
  }

  #committed(): void {
    this.#channel.idle();
    if (this.#ready) return;
    this.#ready = true;
    tellSize(this.#channel, this.#element);
    this.#channel.send({ type: 'ready' });
  }
}

const channel = await Channel.open();
lockdown();
window.addEventListener('error', (event) => channel.fail('event', event.error ?? event.message));
window.addEventListener('unhandledrejection', (event) => channel.fail('promise', event.reason));
markWork(channel);
const widget = new Widget(channel);
channel.listen((message) => widget.receive(message));
