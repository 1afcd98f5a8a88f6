// Parses messages of a channel or a window; returns undefined for anything that is no message of the protocol.
// The browser has cloned the message, so it has no getters: reading its members runs no code.

import {
  MAX_ADDRESS_LENGTH,
  MAX_DOWNLOAD_BYTES,
  MAX_ERROR_MESSAGE_LENGTH,
  MAX_FILE_NAME_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PAYLOAD_LENGTH,
  MAX_TARGET_LENGTH,
} from './limits';
import {
  type Connect,
  ERROR_KINDS,
  type ErrorSource,
  type FrameErrorKind,
  type FromFrame,
  isTheme,
  type Json,
  type Look,
  PROTOCOL,
  type Signal,
  type ToFrame,
} from './messages';

type Members = Record<string, unknown>;

export const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, maxLength: number): value is string => typeof value === 'string' && value.length <= maxLength;

/** An optional length in CSS pixels. */
const isLength = (value: unknown): boolean => value === undefined || (typeof value === 'number' && value > 0);

const MODULE = /^\/assets\/widget\/[0-9a-f]{64}\.js$/;
const STYLES = /^\/assets\/widget\/[0-9a-f]{64}\.css$/;
const FRAME = /^\/embed\/v1\/frame-widget_[0-9a-z]{26}-[1-9][0-9]*-[0-9a-f]{64}\.html$/;
const VARIABLE = /^--widget-[a-z0-9-]{1,40}$/;

/** Whether the value is the path of a compiled widget. */
export const isModule = (value: unknown): value is string => typeof value === 'string' && MODULE.test(value);

/** Whether the value is the path of a widget's style sheet. */
export const isStyles = (value: unknown): value is string => typeof value === 'string' && STYLES.test(value);

/** Whether the value is the path of the frame of a version. */
export const isFrame = (value: unknown): value is string => typeof value === 'string' && FRAME.test(value);

function isLook(value: unknown): value is Look {
  if (!isObject(value) || !isText(value.locale, 100) || !isObject(value.variables)) return false;
  const variables = Object.entries(value.variables);
  const fit = variables.every(([name, text]) => VARIABLE.test(name) && isText(text, 300));
  const { theme, dir, fontSize, maxHeight } = value;
  const fits = fit && variables.length <= 100 && isTheme(theme);
  return fits && (dir === undefined || dir === 'ltr' || dir === 'rtl') && isLength(fontSize) && isLength(maxHeight);
}

const isSigned = (value: unknown): value is Members => isObject(value) && value.widgetd === PROTOCOL;

export const isConnect = (value: unknown): value is Connect =>
  isSigned(value) && value.type === 'connect' && isText(value.title, 1000) && isLook(value.look);

export const isSignal = (value: unknown): value is Signal => isSigned(value) && (value.type === 'hello' || value.type === 'gone');

/** `data` and `props` are not checked: the page has parsed them as JSON. */
export function readToFrame(value: unknown): ToFrame | undefined {
  if (!isObject(value)) return undefined;
  const { type, module, styles, look, number, width } = value;
  const data = value.data as Json;
  const props = value.props as Record<string, Json>;
  if (type === 'init' && isModule(module) && (styles === undefined || isStyles(styles)) && isLook(look) && isObject(props)) {
    return { type, module, ...(styles !== undefined && { styles }), data, props, look, ...(typeof width === 'number' && { width }) };
  }
  if (type === 'update' && isObject(props)) return { type, data, props };
  if (type === 'look' && isLook(look)) return { type, look };
  if (type === 'ping' && typeof number === 'number') return { type, number };
  return undefined;
}

/** The source of an error. Members of another form are dropped: the message matters more. */
function readSource({ position, directive, address }: Members): ErrorSource {
  const [line, column] = Array.isArray(position) ? (position as unknown[]) : [];
  const isPlace = Number.isSafeInteger(line) && Number.isSafeInteger(column);
  return {
    ...(isPlace && { position: [line as number, column as number] }),
    ...(isText(directive, MAX_NAME_LENGTH) && isText(address, MAX_ERROR_MESSAGE_LENGTH) && { directive, address }),
  };
}

/** Checks every member: the widget's code shares a document with the frame's code and may have captured the channel. */
export function readFromFrame(value: unknown): FromFrame | undefined {
  if (!isObject(value)) return undefined;
  const { type, height, follows, name, payload, kind, message, number, work, url, target, blob } = value;
  switch (type) {
    case 'ready':
    case 'idle':
    case 'press':
      return { type };
    case 'size':
      return typeof height === 'number' && Number.isFinite(height) && height >= 0 ? { type, height, follows: follows === true } : undefined;
    case 'action':
      return isText(name, MAX_NAME_LENGTH) && name !== '' && isText(payload, MAX_PAYLOAD_LENGTH) ? { type, name, payload } : undefined;
    case 'error':
      if (!isText(message, MAX_ERROR_MESSAGE_LENGTH) || !ERROR_KINDS.includes(kind as FrameErrorKind)) return undefined;
      return { type, kind: kind as FrameErrorKind, message, ...readSource(value) };
    case 'link':
      return isText(url, MAX_ADDRESS_LENGTH) && isText(target, MAX_TARGET_LENGTH) ? { type, url, target } : undefined;
    case 'download':
      if (!isText(name, MAX_FILE_NAME_LENGTH) || !(blob instanceof Blob) || blob.size > MAX_DOWNLOAD_BYTES) return undefined;
      return { type, name, blob };
    case 'pong':
      return typeof number === 'number' ? { type, number } : undefined;
    case 'busy':
      return work === 'import' || work === 'render' || work === 'event' ? { type, work } : undefined;
    default:
      return undefined;
  }
}
