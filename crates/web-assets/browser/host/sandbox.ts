// The outer frame as the page sees it: an element and its window messages. It takes a widget once it has greeted.

import type { Connect, Signal } from '../protocol/messages';
import { isSignal } from '../protocol/read';
import { SERVICE } from './service';
import { hear, type Sender } from './windows';

/** The frame's document, whose name holds a hash of it. Filled in by the bundler. */
declare const FRAME_PATH: string;

export class Sandbox implements Sender {
  readonly element = document.createElement('iframe');
  greeted = false;
  /** A document was loaded; it may be that of an error. */
  loaded = false;
  onSignal: (type: Signal['type']) => void = () => {};
  onFlood: () => void = () => {};
  #unhear = (): void => {};

  constructor() {
    this.element.setAttribute('sandbox', 'allow-scripts');
    this.element.referrerPolicy = 'no-referrer';
    this.element.setAttribute('part', 'frame');
    this.element.src = SERVICE + FRAME_PATH;
    this.element.addEventListener('load', () => (this.loaded = true));
  }

  /** Puts the frame into the document, or to another place in it. A frame that was moved in any other way would load again. */
  place(parent: ParentNode): void {
    if (this.element.isConnected) {
      (parent as ParentNode & Movable).moveBefore?.(this.element, null);
      return;
    }
    parent.append(this.element);
    this.#unhear = hear(this);
  }

  connect(connect: Connect, ports: MessagePort[]): void {
    // The frame's origin is opaque and cannot be named; that the window is ours is what `source` has shown.
    this.element.contentWindow?.postMessage(connect, '*', ports);
  }

  close(): void {
    this.#unhear();
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

/** Not among TypeScript's own types yet. */
interface Movable {
  moveBefore?(node: Node, before: Node | null): void;
}

/** Whether a frame can be moved alive: in Safari it cannot. */
export const CAN_MOVE = 'moveBefore' in Element.prototype;
