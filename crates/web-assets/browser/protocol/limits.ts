// What a frame may ask of its page. The page enforces these; the frame keeps to them so that an honest widget learns early.

/** Longest JSON text of an action's payload, in UTF-16 units. */
export const MAX_PAYLOAD_LENGTH = 256 * 1024;
/** Longest name of an action. */
export const MAX_NAME_LENGTH = 64;
/** Error messages are cut to this length. */
export const MAX_ERROR_MESSAGE_LENGTH = 500;
/** Actions that a widget may raise at once, and how many a second from then on. */
export const MAX_ACTION_BURST = 20;
export const MAX_ACTIONS_PER_SECOND = 10;
/** The same for the payloads of actions, in UTF-16 units. */
export const MAX_ACTION_TEXT_BURST = 4 * MAX_PAYLOAD_LENGTH;
export const MAX_ACTION_TEXT_PER_SECOND = MAX_PAYLOAD_LENGTH;
/** Messages of any kind that a frame may send within a second. A frame that sends more is closed. */
export const MAX_MESSAGES_PER_SECOND = 1000;
/** A frame is never higher than this many CSS pixels unless `max-height` says otherwise; what is higher scrolls. */
export const DEFAULT_MAX_HEIGHT = 2000;
