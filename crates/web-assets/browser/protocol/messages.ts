// The messages between a page and its frame. Both ends read with `read.ts` and drop what does not fit.

/** Changes whenever a message changes its meaning. Page and frame come from one origin, yet one of them may be cached. */
export const PROTOCOL = 1;

export type Theme = 'light' | 'dark';

export const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark';

/** Everything that JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** How the page looks: what a widget should look like. */
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
  /** CSS pixels that the widget may be high. What is higher scrolls. */
  maxHeight?: number;
}

/** Page to frame, as a window message: first with the channel; again, without one, when title or look have changed. */
export interface Connect {
  widgetd: typeof PROTOCOL;
  type: 'connect';
  /** Accessible name of the frame. */
  title: string;
  look: Look;
}

/** Frame to page, as window messages. `hello`: a channel is wanted; `gone`: the widget has navigated its document away. */
export interface Signal {
  widgetd: typeof PROTOCOL;
  type: 'hello' | 'gone';
}

/** Page to frame, through the channel. */
export type ToFrame =
  | { type: 'init'; module: string; data: Json; props: Record<string, Json>; look: Look; width?: number }
  | { type: 'update'; data: Json; props: Record<string, Json> }
  | { type: 'look'; look: Look }
  | { type: 'ping'; number: number };

/** What a frame was about to do when it last said so. Of several frames that stall together, the busy one is to blame. */
export type Work = 'import' | 'render' | 'event';

/** `import`: the module could not be loaded or ran into an error; `render`: the component threw; `event`: a handler or a timer
 * threw; `promise`: a rejection that nobody handled; `action`: a call of `onAction` that was refused. */
export type FrameErrorKind = 'import' | 'render' | 'event' | 'promise' | 'action';

/** Frame to page, through the channel. */
export type FromFrame =
  | { type: 'ready' }
  /** `follows`: the height depends on that of the frame, so it is not worth remembering. */
  | { type: 'size'; height: number; follows: boolean }
  | { type: 'action'; name: string; payload: string }
  | { type: 'error'; kind: FrameErrorKind; message: string }
  | { type: 'pong'; number: number }
  | { type: 'busy'; work: Work }
  | { type: 'idle' }
  /** The reader has pressed in the widget, so the focus may be there. */
  | { type: 'press' };

/** After these the widget shows nothing worth keeping; the page shows the fallback. */
export const isFatal = (kind: FrameErrorKind): boolean => kind === 'import' || kind === 'render';
