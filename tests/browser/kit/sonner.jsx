import { toast } from 'sonner';

import { Button } from '@/components/ui/button';
import { Toaster } from '@/components/ui/sonner';

export default function Events() {
  return (
    <div>
      <Button
        variant="outline"
        onClick={() =>
          toast('The event has been created', {
            description: 'Sunday, December 3 at 9:00',
            action: { label: 'Undo', onClick: () => toast.success('Undone') },
          })
        }
      >
        Open
      </Button>
      <Toaster />
    </div>
  );
}
