import { Select as Primitive } from 'radix-ui';
import { type ComponentProps, useState } from 'react';

import { pageDirection } from './direction';
import { useFrameSpace } from './frame-space';
import { CheckIcon, ChevronDownIcon, ChevronUpIcon } from './icons';
import { slotted } from './slotted';
import './style';

/** A select that stays open when the frame is resized, since opening it may enlarge the frame. */
export function Select({ open, defaultOpen = false, onOpenChange, ...props }: ComponentProps<typeof Primitive.Root>) {
  const [isOpen, setOpen] = useState(defaultOpen);
  const change = (next: boolean): void => {
    if (window.event?.type === 'resize') return;
    setOpen(next);
    onOpenChange?.(next);
  };
  return <Primitive.Root open={open ?? isOpen} onOpenChange={change} dir={pageDirection()} {...props} />;
}

export const SelectGroup = slotted(Primitive.Group, 'select-group');
export const SelectValue = slotted(Primitive.Value, 'select-value');
export const SelectLabel = slotted(Primitive.Label, 'select-label', { 'data-menu': 'label' });
export const SelectSeparator = slotted(Primitive.Separator, 'select-separator', { 'data-menu': 'separator' });

export function SelectTrigger({
  size = 'default',
  children,
  ...props
}: ComponentProps<typeof Primitive.Trigger> & { size?: 'sm' | 'default' }) {
  return (
    <Primitive.Trigger data-slot="select-trigger" data-size={size} {...props}>
      {children}
      <Primitive.Icon asChild>
        <ChevronDownIcon data-slot="select-icon" />
      </Primitive.Icon>
    </Primitive.Trigger>
  );
}

/** The list opens below or above the trigger: aligning it with the selected item needs a frame that is higher than the list. */
export function SelectContent({ ref, children, position: _, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="select-content"
        data-menu="content"
        data-floating=""
        position="popper"
        sideOffset={4}
        {...space}
        {...props}
      >
        <SelectScrollUpButton />
        <Primitive.Viewport data-slot="select-viewport" data-scrollable="">
          {children}
        </Primitive.Viewport>
        <SelectScrollDownButton />
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export function SelectItem({ children, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item data-slot="select-item" data-menu="item" {...props}>
      <Primitive.ItemText>{children}</Primitive.ItemText>
      <span data-menu="mark">
        <Primitive.ItemIndicator>
          <CheckIcon />
        </Primitive.ItemIndicator>
      </span>
    </Primitive.Item>
  );
}

export function SelectScrollUpButton(props: ComponentProps<typeof Primitive.ScrollUpButton>) {
  return (
    <Primitive.ScrollUpButton data-slot="select-scroll-button" {...props}>
      <ChevronUpIcon />
    </Primitive.ScrollUpButton>
  );
}

export function SelectScrollDownButton(props: ComponentProps<typeof Primitive.ScrollDownButton>) {
  return (
    <Primitive.ScrollDownButton data-slot="select-scroll-button" {...props}>
      <ChevronDownIcon />
    </Primitive.ScrollDownButton>
  );
}
