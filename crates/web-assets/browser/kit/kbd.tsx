import { slotted } from './slotted';
import './style';

/** A key. */
export const Kbd = slotted('kbd', 'kbd');
/** Keys that are pressed together. */
export const KbdGroup = slotted('kbd', 'kbd-group');
