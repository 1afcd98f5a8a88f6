import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';

const row = { display: 'flex', gap: 8, alignItems: 'center' };

export default function Boxes() {
  const [checked, setChecked] = useState(true);
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <div style={row}>
        <Checkbox id="terms" checked={checked} onCheckedChange={setChecked} />
        <Label htmlFor="terms">I accept the terms: {String(checked)}</Label>
      </div>
      <div style={row}>
        <Checkbox id="some" checked="indeterminate" />
        <Label htmlFor="some">Some of them</Label>
      </div>
      <div style={row}>
        <Checkbox id="none" />
        <Label htmlFor="none">None</Label>
      </div>
      <div style={row}>
        <Checkbox id="off" disabled />
        <Label htmlFor="off">Not available</Label>
      </div>
      <div style={row}>
        <Checkbox id="wrong" aria-invalid="true" />
        <Label htmlFor="wrong">Must be checked</Label>
      </div>
    </div>
  );
}
