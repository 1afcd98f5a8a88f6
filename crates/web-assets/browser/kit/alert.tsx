import type { ComponentProps } from 'react';

import { slotted } from './slotted';
import './style';

export interface AlertProps extends ComponentProps<'div'> {
  variant?: 'default' | 'destructive' | null | undefined;
}

export function Alert({ variant, ...props }: AlertProps) {
  return <div data-slot="alert" data-variant={variant ?? 'default'} role="alert" {...props} />;
}

export const AlertTitle = slotted('div', 'alert-title');
export const AlertDescription = slotted('div', 'alert-description');
export const AlertAction = slotted('div', 'alert-action');
