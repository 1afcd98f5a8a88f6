import { slotted } from './slotted';
import './style';

export const Textarea = slotted('textarea', 'textarea', { 'data-field': '' });
