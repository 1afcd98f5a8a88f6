// The outer frame as the page sees it: an element and its window messages. It accepts a widget after its `hello`.

import type { Connect, Signal } from '../protocol/messages';
import { isSignal } from '../protocol/read';
import { SERVICE } from './service';
import { listen, type Sender } from './windows';

/** Path of the frame's document, with its hash. The bundler defines it. */
declare const FRAME_PATH: string;

export class Sandbox implements Sender {
  readonly element = document.createElement('iframe');
  greeted = false;
  /** Whether a document has loaded, possibly an error page. */
  loaded = false;
  onSignal: (type: Signal['type']) => void = () => {};
  onFlood: () => void = () => {};
  #stopListening = (): void => {};

  /** `path`: the frame of a version, or else the common frame. */
  constructor(path = FRAME_PATH) {
    this.element.setAttribute('sandbox', 'allow-scripts allow-forms');
    this.element.referrerPolicy = 'no-referrer';
    this.element.setAttribute('part', 'frame');
    this.element.src = SERVICE + path;
    this.element.addEventListener('load', () => (this.loaded = true));
  }

  /** Inserts the frame, or moves it with `moveBefore`, which does not reload it. */
  place(parent: ParentNode): void {
    if (this.element.isConnected) {
      (parent as ParentNode & Movable).moveBefore?.(this.element, null);
      return;
    }
    parent.append(this.element);
    this.#stopListening = listen(this);
  }

  connect(connect: Connect, ports: MessagePort[]): void {
    // An opaque origin cannot be a target. `event.source` has identified the window.
    this.element.contentWindow?.postMessage(connect, '*', ports);
  }

  close(): void {
    this.#stopListening();
    this.element.remove();
  }

  flood(): void {
    this.onFlood();
  }

  receive(event: MessageEvent): void {
    if (!isSignal(event.data)) return;
    if (event.data.type === 'hello') this.greeted = true;
    this.onSignal(event.data.type);
  }
}

/** Missing in TypeScript's DOM types. */
interface Movable {
  moveBefore?(node: Node, before: Node | null): void;
}

/** Whether a frame can move without reloading: Safari lacks `moveBefore`. */
export const CAN_MOVE = 'moveBefore' in Element.prototype;
