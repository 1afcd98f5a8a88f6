import { slotted } from './slotted';
import './style';

export const Input = slotted('input', 'input', { 'data-field': '' });
