import { Collapsible as Primitive } from 'radix-ui';

import { slotted } from './slotted';
import './style';

export const Collapsible = slotted(Primitive.Root, 'collapsible');
export const CollapsibleTrigger = slotted(Primitive.Trigger, 'collapsible-trigger');
export const CollapsibleContent = slotted(Primitive.Content, 'collapsible-content');
