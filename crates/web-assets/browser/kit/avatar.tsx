import { Avatar as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { slotted } from './slotted';
import './style';

export interface AvatarProps extends ComponentProps<typeof Primitive.Root> {
  size?: 'default' | 'sm' | 'lg' | undefined;
}

export function Avatar({ size = 'default', ...props }: AvatarProps) {
  return <Primitive.Root data-slot="avatar" data-size={size} {...props} />;
}

export const AvatarImage = slotted(Primitive.Image, 'avatar-image');
export const AvatarFallback = slotted(Primitive.Fallback, 'avatar-fallback');
export const AvatarBadge = slotted('span', 'avatar-badge');
export const AvatarGroup = slotted('div', 'avatar-group');
export const AvatarGroupCount = slotted('div', 'avatar-group-count');
