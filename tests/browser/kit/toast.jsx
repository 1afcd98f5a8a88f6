import { Button } from '@/components/ui/button';
import { ToastAction } from '@/components/ui/toast';
import { Toaster } from '@/components/ui/toaster';
import { useToast } from '@/components/ui/use-toast';

export default function Scheduling() {
  const { toast } = useToast();
  return (
    <div>
      <Button
        variant="outline"
        onClick={() =>
          toast({
            variant: 'destructive',
            title: 'Something went wrong',
            description: 'There was a problem with your request.',
            action: <ToastAction altText="Try again">Try again</ToastAction>,
          })
        }
      >
        Open
      </Button>
      <Toaster />
    </div>
  );
}
