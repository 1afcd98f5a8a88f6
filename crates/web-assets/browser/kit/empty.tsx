import type { ComponentProps } from 'react';

import { slotted } from './slotted';
import './style';

/** What a widget shows instead of data that does not exist. */
export const Empty = slotted('div', 'empty');
export const EmptyHeader = slotted('div', 'empty-header');
export const EmptyTitle = slotted('div', 'empty-title');
export const EmptyDescription = slotted('div', 'empty-description');
export const EmptyContent = slotted('div', 'empty-content');

export interface EmptyMediaProps extends ComponentProps<'div'> {
  variant?: 'default' | 'icon' | null | undefined;
}

export function EmptyMedia({ variant, ...props }: EmptyMediaProps) {
  return <div data-slot="empty-media" data-variant={variant ?? 'default'} {...props} />;
}
