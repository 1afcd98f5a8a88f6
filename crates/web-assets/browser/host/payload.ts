import type { Json } from '../protocol/messages';
import { isModule, isObject } from '../protocol/read';

/** What the service answers for a message to be rendered, as far as it is needed here. */
export interface Payload {
  widgetKey: string;
  module: string;
  data: Json;
  props: Record<string, Json>;
  text: string | null;
  title: string;
  messageId: string;
  /** CSS pixels that the widget is likely to need, if who serves the payload knows. */
  height: number | undefined;
}

/** Reads a render payload, or the whole answer that it came in. Throws a TypeError that says what is wrong. */
export function readPayload(value: unknown): Payload {
  const payload = isObject(value) && value.success === true ? value.data : value;
  if (!isObject(payload)) throw new TypeError('the payload is no object');
  const { module, props = {}, text = null, title = 'Widget', widgetKey = '', messageId = '', height } = payload;
  if (!isModule(module)) throw new TypeError('the payload names no module of the service');
  if (!isObject(props)) throw new TypeError('the props of the payload are no object');
  // Through JSON: what the page changes later is not shown by half, and only what JSON can say reaches the frame.
  const copy = JSON.parse(JSON.stringify({ data: payload.data ?? null, props })) as Pick<Payload, 'data' | 'props'>;
  return {
    ...copy,
    module,
    text: text === null ? null : String(text),
    title: String(title),
    widgetKey: String(widgetKey),
    messageId: String(messageId),
    height: typeof height === 'number' && height >= 0 ? height : undefined,
  };
}
