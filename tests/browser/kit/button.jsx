import { useState } from 'react';
import { Button, buttonVariants } from '@/components/ui/button';
import { Loader2, Mail, Plus, Trash2 } from 'lucide-react';

const row = { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center', marginBottom: 12 };

export default function Buttons() {
  const [count, setCount] = useState(0);
  return (
    <div>
      <div style={row}>
        <Button onClick={() => setCount(count + 1)}>Clicked {count}</Button>
        <Button variant="secondary">Secondary</Button>
        <Button variant="destructive">
          <Trash2 className="mr-2 h-4 w-4" /> Delete
        </Button>
        <Button variant="outline">Outline</Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="link">Link</Button>
      </div>
      <div style={row}>
        <Button size="sm">Small</Button>
        <Button size="lg" variant="outline">
          Large
        </Button>
        <Button size="icon" variant="outline" aria-label="Add">
          <Plus />
        </Button>
        <Button size="icon" variant="ghost" aria-label="Add">
          <Plus />
        </Button>
        <Button asChild variant="outline">
          <a href="https://example.org/">
            <Mail /> As a link
          </a>
        </Button>
        <a className={buttonVariants({ variant: 'secondary', size: 'sm' })} href="https://example.org/">
          Looks like one
        </a>
      </div>
      <div style={row}>
        <Button disabled>
          <Loader2 className="animate-spin" /> Please wait
        </Button>
        <Button variant="outline" disabled>
          Disabled
        </Button>
      </div>
    </div>
  );
}
