import type { Json } from '../protocol/messages';
import { isFrame, isModule, isObject, isStyles } from '../protocol/read';

/** The members of a render payload that the element uses. */
export interface Payload {
  widgetKey: string;
  module: string;
  /** The style sheet of the widget's version, if it has one. */
  styles: string | undefined;
  /** The frame of the widget's version, if that may load from other origins. */
  frame: string | undefined;
  data: Json;
  props: Record<string, Json>;
  text: string | null;
  title: string;
  messageId: string;
  /** Expected height in CSS pixels, if the server of the payload provides one. */
  height: number | undefined;
}

/** Parses a render payload, alone or in the service's response envelope. Throws a TypeError that names the problem. */
export function readPayload(value: unknown): Payload {
  const payload = isObject(value) && value.success === true ? value.data : value;
  if (!isObject(payload)) throw new TypeError('the payload is not an object');
  const { module, styles, frame, props = {}, text = null, title = 'Widget', widgetKey = '', messageId = '', height } = payload;
  if (!isModule(module)) throw new TypeError('the module of the payload is not a path of the service');
  if (styles !== undefined && !isStyles(styles)) throw new TypeError('the styles of the payload are not a path of the service');
  if (frame !== undefined && !isFrame(frame)) throw new TypeError('the frame of the payload is not a path of the service');
  if (!isObject(props)) throw new TypeError('the props of the payload are not an object');
  // A copy through JSON: later changes by the page have no effect, and only JSON values reach the frame.
  const copy = JSON.parse(JSON.stringify({ data: payload.data ?? null, props })) as Pick<Payload, 'data' | 'props'>;
  return {
    ...copy,
    module,
    styles,
    frame,
    text: text === null ? null : String(text),
    title: String(title),
    widgetKey: String(widgetKey),
    messageId: String(messageId),
    height: typeof height === 'number' && height >= 0 ? height : undefined,
  };
}
