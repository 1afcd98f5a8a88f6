// Limits on what a frame may send to its page. The page enforces them; the frame checks them too, to report an error to the widget.

/** Length of the JSON text of an action's payload, in UTF-16 units. */
export const MAX_PAYLOAD_LENGTH = 256 * 1024;
/** Length of an action's name, in UTF-16 units. */
export const MAX_NAME_LENGTH = 64;
/** Length of an address that a widget asks to open, of the target that it names, and of a file's name, in UTF-16 units. */
export const MAX_ADDRESS_LENGTH = 8192;
export const MAX_TARGET_LENGTH = 100;
export const MAX_FILE_NAME_LENGTH = 255;
/** Bytes of a file that a widget asks to save. */
export const MAX_DOWNLOAD_BYTES = 8 * 1024 * 1024;
/** Links and downloads at once, and then per second. */
export const MAX_REQUEST_BURST = 10;
export const MAX_REQUESTS_PER_SECOND = 1;
/** Longer error messages are truncated. */
export const MAX_ERROR_MESSAGE_LENGTH = 500;
/** Actions that a widget may raise at once, and then per second. */
export const MAX_ACTION_BURST = 20;
export const MAX_ACTIONS_PER_SECOND = 10;
/** Payload text of actions at once and then per second, in UTF-16 units. */
export const MAX_ACTION_TEXT_BURST = 4 * MAX_PAYLOAD_LENGTH;
export const MAX_ACTION_TEXT_PER_SECOND = MAX_PAYLOAD_LENGTH;
/** Errors that are not fatal and reach the page at once, and then per second. The page drops the rest. */
export const MAX_ERROR_BURST = 50;
export const MAX_ERRORS_PER_SECOND = 10;
/** Messages of any kind that a frame may send per second. The page closes a frame that sends more. */
export const MAX_MESSAGES_PER_SECOND = 1000;
/** CSS pixels of a frame without a `max-height`. A higher widget scrolls. */
export const DEFAULT_MAX_HEIGHT = 2000;
