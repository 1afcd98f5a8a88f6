import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from '@/components/ui/collapsible';
import { ChevronsUpDown } from 'lucide-react';

export default function Files() {
  const [open, setOpen] = useState(false);
  return (
    <Collapsible open={open} onOpenChange={setOpen} style={{ maxWidth: 320 }}>
      <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between' }}>
        <span>3 files changed</span>
        <CollapsibleTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Show the files">
            <ChevronsUpDown />
          </Button>
        </CollapsibleTrigger>
      </div>
      <div>src/main.rs</div>
      <CollapsibleContent>
        <div>src/lib.rs</div>
        <div>Cargo.toml</div>
      </CollapsibleContent>
    </Collapsible>
  );
}
