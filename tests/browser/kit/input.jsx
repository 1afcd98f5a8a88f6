import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';

export default function Fields() {
  return (
    <div style={{ display: 'grid', gap: 12, maxWidth: 384 }}>
      <Label htmlFor="name">Name</Label>
      <Input id="name" defaultValue="Ada Lovelace" />
      <Input aria-label="Mail" type="email" placeholder="Mail" />
      <Input aria-label="Picture" type="file" />
      <Input aria-label="Date" type="date" />
      <Input aria-label="Wrong" defaultValue="no number" aria-invalid="true" />
      <Input aria-label="Disabled" placeholder="Disabled" disabled />
      <div style={{ display: 'flex', gap: 8 }}>
        <Input aria-label="Search" type="search" placeholder="Search" />
        <Button>Go</Button>
      </div>
    </div>
  );
}
