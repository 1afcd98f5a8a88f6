import { slotted } from './slotted';
import './style';

export const Card = slotted('div', 'card');
export const CardHeader = slotted('div', 'card-header');
export const CardTitle = slotted('div', 'card-title');
export const CardDescription = slotted('div', 'card-description');
/** The top right corner of a header. */
export const CardAction = slotted('div', 'card-action');
export const CardContent = slotted('div', 'card-content');
export const CardFooter = slotted('div', 'card-footer');
