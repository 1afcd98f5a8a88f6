import { Command as Primitive, useCommandState } from 'cmdk';
import type { ComponentProps } from 'react';

import { Dialog, DialogContent, DialogDescription, DialogTitle } from './dialog';
import { SearchIcon } from './icons';
import { slotted } from './slotted';
import './style';

export const Command = slotted(Primitive, 'command');
export const CommandList = slotted(Primitive.List, 'command-list', { 'data-scrollable': '' });
export const CommandEmpty = slotted(Primitive.Empty, 'command-empty');
export const CommandGroup = slotted(Primitive.Group, 'command-group');
export const CommandItem = slotted(Primitive.Item, 'command-item', { 'data-menu': 'item' });
export const CommandShortcut = slotted('span', 'command-shortcut', { 'data-menu': 'shortcut' });

/** A line between groups, which a search hides. It is not the one of cmdk: a list box may hold no separators. */
export function CommandSeparator({ alwaysRender, ...props }: ComponentProps<typeof Primitive.Separator>) {
  const isSearching = useCommandState(({ search }) => search !== '');
  if (isSearching && !alwaysRender) return null;
  return <div data-slot="command-separator" data-menu="separator" aria-hidden="true" {...props} />;
}

export function CommandInput(props: ComponentProps<typeof Primitive.Input>) {
  return (
    <div data-slot="command-input-wrapper">
      <SearchIcon />
      <Primitive.Input data-slot="command-input" {...props} />
    </div>
  );
}

export interface CommandDialogProps extends ComponentProps<typeof Dialog> {
  title?: string;
  description?: string;
  className?: string;
  showCloseButton?: boolean;
}

export function CommandDialog({
  title = 'Command palette',
  description = 'Search for a command to run',
  className,
  showCloseButton = true,
  children,
  ...props
}: CommandDialogProps) {
  return (
    <Dialog {...props}>
      <DialogContent className={className} showCloseButton={showCloseButton} data-command="">
        <DialogTitle data-slot="hidden-text" data-part="">
          {title}
        </DialogTitle>
        <DialogDescription data-slot="hidden-text" data-part="">
          {description}
        </DialogDescription>
        <Command>{children}</Command>
      </DialogContent>
    </Dialog>
  );
}
