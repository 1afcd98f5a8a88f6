import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

import { Separator } from './separator';
import './style';

export interface ButtonGroupProps extends ComponentProps<'div'> {
  orientation?: 'horizontal' | 'vertical' | null | undefined;
}

/** Buttons and fields without space between them. Groups in a group have space between them. */
export function ButtonGroup({ orientation, ...props }: ButtonGroupProps) {
  // biome-ignore lint/a11y/useSemanticElements: a `fieldset` is for fields
  return <div data-slot="button-group" data-orientation={orientation ?? 'horizontal'} role="group" {...props} />;
}

export interface ButtonGroupTextProps extends ComponentProps<'div'> {
  asChild?: boolean;
}

export function ButtonGroupText({ asChild, ...props }: ButtonGroupTextProps) {
  const Part = asChild ? Slot.Root : 'div';
  return <Part data-slot="button-group-text" {...props} />;
}

export function ButtonGroupSeparator(props: ComponentProps<typeof Separator>) {
  return <Separator orientation="vertical" {...props} />;
}
