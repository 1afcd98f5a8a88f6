// What a frame may ask of its page. The page enforces these; the frame keeps to them so that an honest widget learns early.

/** Longest JSON text of an action's payload, in UTF-16 units. */
export const LONGEST_PAYLOAD = 256 * 1024;
/** Longest name of an action. */
export const LONGEST_NAME = 64;
/** Error messages are cut to this length. */
export const LONGEST_MESSAGE = 500;
/** Actions that a widget may raise at once, and how many a second from then on. */
export const ACTION_BURST = 20;
export const ACTIONS_PER_SECOND = 10;
/** The same for the payloads of actions, in UTF-16 units. */
export const ACTION_TEXT_BURST = 4 * LONGEST_PAYLOAD;
export const ACTION_TEXT_PER_SECOND = LONGEST_PAYLOAD;
/** Errors that are not fatal which a page hears of at once, and how many a second from then on. */
export const ERROR_BURST = 50;
export const ERRORS_PER_SECOND = 10;
/** Messages of any kind that a frame may send within a second. A frame that sends more is closed. */
export const MESSAGES_PER_SECOND = 1000;
/** A frame is never higher than this many CSS pixels unless `max-height` says otherwise; what is higher scrolls. */
export const HIGHEST = 2000;
