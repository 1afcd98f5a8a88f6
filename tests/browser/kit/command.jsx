import { useState } from 'react';

import { Button } from '@/components/ui/button';
import {
  Command,
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandSeparator,
  CommandShortcut,
} from '@/components/ui/command';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';

const FRAMEWORKS = ['Next.js', 'SvelteKit', 'Nuxt', 'Remix', 'Astro'];

export default function Palette() {
  const [open, setOpen] = useState(false);
  const [value, setValue] = useState('');
  const [picking, setPicking] = useState(false);
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <CommandDialog open={open} onOpenChange={setOpen}>
        <CommandInput placeholder="Type a command or search…" />
        <CommandList>
          <CommandEmpty>No results found.</CommandEmpty>
          <CommandGroup heading="Suggestions">
            <CommandItem>Calendar</CommandItem>
            <CommandItem>Search emoji</CommandItem>
            <CommandItem disabled>Calculator</CommandItem>
          </CommandGroup>
          <CommandSeparator />
          <CommandGroup heading="Settings">
            <CommandItem>
              Profile <CommandShortcut>⌘P</CommandShortcut>
            </CommandItem>
            <CommandItem>
              Billing <CommandShortcut>⌘B</CommandShortcut>
            </CommandItem>
          </CommandGroup>
        </CommandList>
      </CommandDialog>
      <Popover open={picking} onOpenChange={setPicking}>
        <PopoverTrigger asChild>
          <Button variant="outline" role="combobox" aria-label="Framework" aria-expanded={picking}>
            {value || 'Select a framework'}
          </Button>
        </PopoverTrigger>
        <PopoverContent className="w-[200px] p-0" style={{ padding: 0, width: 200 }}>
          <Command>
            <CommandInput placeholder="Search framework…" />
            <CommandList>
              <CommandEmpty>No framework found.</CommandEmpty>
              <CommandGroup>
                {FRAMEWORKS.map((name) => (
                  <CommandItem
                    key={name}
                    value={name}
                    onSelect={(chosen) => {
                      setValue(chosen);
                      setPicking(false);
                    }}
                  >
                    {name}
                  </CommandItem>
                ))}
              </CommandGroup>
            </CommandList>
          </Command>
        </PopoverContent>
      </Popover>
    </div>
  );
}
