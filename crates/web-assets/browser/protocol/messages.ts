// The messages between a page and its frame. Both ends parse them with `read.ts` and drop messages of another form.

/** Increases when a message changes its meaning: page and frame come from one origin, but one of them may be cached. */
export const PROTOCOL = 1;

export type Theme = 'light' | 'dark';

export const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark';

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The page's appearance, which the widget adopts. */
export interface Look {
  theme: Theme;
  /** A BCP 47 tag. */
  locale: string;
  /** Values of the page's `--widget-*` properties, by their full names. */
  variables: Record<string, string>;
  /** Direction of text. */
  dir?: 'ltr' | 'rtl';
  /** Font size of the page's root, in CSS pixels. */
  fontSize?: number;
  /** Maximum height of the widget in CSS pixels. A higher widget scrolls. */
  maxHeight?: number;
}

/** Page to frame, as a window message: the first carries the channel's port; later ones, without a port, carry a changed title or look. */
export interface Connect {
  widgetd: typeof PROTOCOL;
  type: 'connect';
  /** Accessible name of the frame. */
  title: string;
  look: Look;
}

/** Frame to page, as window messages. `hello` asks for a channel; `gone` reports that the widget has navigated its document away. */
export interface Signal {
  widgetd: typeof PROTOCOL;
  type: 'hello' | 'gone';
}

/** Page to frame, through the channel. */
export type ToFrame =
  /** `styles`: the widget's style sheet, loaded before the first render. */
  | { type: 'init'; module: string; styles?: string; data: Json; props: Record<string, Json>; look: Look; width?: number }
  | { type: 'update'; data: Json; props: Record<string, Json> }
  | { type: 'look'; look: Look }
  | { type: 'ping'; number: number };

/** The widget code that a frame is about to run. Of several frames that stall together, the busy one is the cause. */
export type Work = 'import' | 'render' | 'event';

/** `import`: the module did not load or threw; `render`: the component threw; `event`: a handler or a timer threw; `promise`: an
 * unhandled rejection; `action`: a refused call of `onAction`; `blocked`: something that the frame does not load, open or send. */
export type FrameErrorKind = (typeof ERROR_KINDS)[number];
export const ERROR_KINDS = ['import', 'render', 'event', 'promise', 'action', 'blocked'] as const;

/** Where an error is from: the position in the module, from 1, or what was blocked. */
export interface ErrorSource {
  position?: readonly [line: number, column: number];
  /** The directive of the policy, or `links`, and the address. */
  directive?: string;
  address?: string;
}

/** Frame to page, through the channel. */
export type FromFrame =
  | { type: 'ready' }
  /** `follows`: the height depends on the frame's height, so the page does not store it. */
  | { type: 'size'; height: number; follows: boolean }
  | { type: 'action'; name: string; payload: string }
  | ({ type: 'error'; kind: FrameErrorKind; message: string } & ErrorSource)
  /** The reader has followed a link. */
  | { type: 'link'; url: string; target: string }
  | { type: 'download'; name: string; blob: Blob }
  | { type: 'pong'; number: number }
  | { type: 'busy'; work: Work }
  | { type: 'idle' }
  /** The reader has pressed in the widget, so it may take the focus. */
  | { type: 'press' };

/** The schemes of addresses that a widget may ask to open. */
export const isOpenable = (url: URL): boolean => ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol);

/** After these errors the page shows the fallback in place of the widget. */
export const isFatal = (kind: FrameErrorKind): boolean => kind === 'import' || kind === 'render';
