import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';

export default function Loading() {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'center' }}>
      <Spinner />
      <Spinner style={{ width: 32, height: 32 }} aria-label="Loading the report" />
      <Button disabled>
        <Spinner /> Saving
      </Button>
      <Button variant="outline" size="sm">
        <Spinner /> Cancel
      </Button>
    </div>
  );
}
