import { slotted } from './slotted';
import './style';

export const Skeleton = slotted('div', 'skeleton');
