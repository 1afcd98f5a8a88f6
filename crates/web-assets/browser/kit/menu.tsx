// The parts that a drop-down menu, a context menu and a menu bar share. The style sheet finds them by `data-menu`.

import type { DropdownMenu } from 'radix-ui';
import type { ComponentProps } from 'react';
import { useFrameSpace } from './frame-space';
import { CheckIcon, ChevronRightIcon, DotIcon } from './icons';
import { slotted } from './slotted';

type Primitives = Omit<typeof DropdownMenu, `DropdownMenu${string}` | `create${string}`>;
type Inset = { inset?: boolean | undefined };

/** The parts of a kind of menu. `slot` begins the name of each, such as `dropdown-menu`. */
export function menuParts(Primitive: Omit<Primitives, 'Root' | 'Content' | 'Trigger' | 'Arrow'>, slot: string) {
  const part = (name: string, menu = name) => ({ 'data-slot': `${slot}-${name}`, 'data-menu': menu });

  function Item({
    inset,
    variant = 'default',
    ...props
  }: ComponentProps<typeof Primitive.Item> & Inset & { variant?: 'default' | 'destructive' }) {
    return <Primitive.Item {...part('item')} data-inset={inset} data-variant={variant} {...props} />;
  }

  function CheckboxItem({ children, inset, ...props }: ComponentProps<typeof Primitive.CheckboxItem> & Inset) {
    return (
      <Primitive.CheckboxItem {...part('checkbox-item', 'item')} data-inset={inset ?? true} {...props}>
        <span data-menu="mark">
          <Primitive.ItemIndicator>
            <CheckIcon />
          </Primitive.ItemIndicator>
        </span>
        {children}
      </Primitive.CheckboxItem>
    );
  }

  function RadioItem({ children, inset, ...props }: ComponentProps<typeof Primitive.RadioItem> & Inset) {
    return (
      <Primitive.RadioItem {...part('radio-item', 'item')} data-inset={inset ?? true} {...props}>
        <span data-menu="mark">
          <Primitive.ItemIndicator>
            <DotIcon />
          </Primitive.ItemIndicator>
        </span>
        {children}
      </Primitive.RadioItem>
    );
  }

  function Label({ inset, ...props }: ComponentProps<typeof Primitive.Label> & Inset) {
    return <Primitive.Label {...part('label')} data-inset={inset} {...props} />;
  }

  function SubTrigger({ children, inset, ...props }: ComponentProps<typeof Primitive.SubTrigger> & Inset) {
    return (
      <Primitive.SubTrigger {...part('sub-trigger', 'item')} data-inset={inset} {...props}>
        {children}
        <ChevronRightIcon data-menu="chevron" />
      </Primitive.SubTrigger>
    );
  }

  function SubContent({ ref, ...props }: ComponentProps<typeof Primitive.SubContent>) {
    const space = useFrameSpace(ref);
    return (
      <Primitive.Portal>
        <Primitive.SubContent {...part('sub-content', 'content')} data-floating="" data-scrollable="" {...space} {...props} />
      </Primitive.Portal>
    );
  }

  return {
    Item,
    CheckboxItem,
    RadioItem,
    Label,
    SubTrigger,
    SubContent,
    Portal: Primitive.Portal,
    Sub: Primitive.Sub,
    Group: slotted(Primitive.Group, `${slot}-group`),
    RadioGroup: slotted(Primitive.RadioGroup, `${slot}-radio-group`),
    Separator: slotted(Primitive.Separator, `${slot}-separator`, { 'data-menu': 'separator' }),
    Shortcut: slotted('span', `${slot}-shortcut`, { 'data-menu': 'shortcut' }),
  };
}
