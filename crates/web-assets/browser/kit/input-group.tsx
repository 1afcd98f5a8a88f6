import type { ComponentProps, MouseEvent } from 'react';

import { Button, type ButtonProps } from './button';
import { slotted } from './slotted';
import './style';

/** A field with text, icons or buttons inside of its frame. */
export const InputGroup = slotted('div', 'input-group', { 'data-field': '', role: 'group' });

export interface InputGroupAddonProps extends ComponentProps<'div'> {
  align?: 'inline-start' | 'inline-end' | 'block-start' | 'block-end' | null | undefined;
}

/** Focuses the group's field, unless the click is on a control. */
function focusField({ target, currentTarget }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && target.closest('button, a, input, select, textarea')) return;
  const group = currentTarget.closest('[data-slot="input-group"]');
  group?.querySelector<HTMLElement>('[data-slot="input-group-control"]')?.focus();
}

/** What a group shows next to its field. `align` is the side. */
export function InputGroupAddon({ align, onClick, ...props }: InputGroupAddonProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for pointers; keys reach the field itself
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      data-slot="input-group-addon"
      data-align={align ?? 'inline-start'}
      onClick={(event) => {
        onClick?.(event);
        focusField(event);
      }}
      {...props}
    />
  );
}

export function InputGroupButton({ type = 'button', variant = 'ghost', size = 'xs', ...props }: ButtonProps) {
  return <Button type={type} variant={variant} size={size} {...props} />;
}

export const InputGroupText = slotted('span', 'input-group-text');
export const InputGroupInput = slotted('input', 'input-group-control', { 'data-field': '' });
export const InputGroupTextarea = slotted('textarea', 'input-group-control', { 'data-field': '' });
