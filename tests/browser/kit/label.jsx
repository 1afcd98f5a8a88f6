import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';

export default function Labels() {
  return (
    <div style={{ display: 'grid', gap: 8, maxWidth: 320 }}>
      <Label htmlFor="mail">Your mail address</Label>
      <Input id="mail" type="email" />
      <Label>
        <input type="radio" name="plan" defaultChecked /> A label around a field
      </Label>
    </div>
  );
}
