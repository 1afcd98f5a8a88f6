import { useState } from 'react';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';

const row = { display: 'flex', gap: 8, alignItems: 'center' };

export default function Switches() {
  const [on, setOn] = useState(true);
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <div style={row}>
        <Switch id="flight" checked={on} onCheckedChange={setOn} />
        <Label htmlFor="flight">Flight mode: {on ? 'on' : 'off'}</Label>
      </div>
      <div style={row}>
        <Switch id="other" />
        <Label htmlFor="other">Off</Label>
      </div>
      <div style={row}>
        <Switch id="small" size="sm" defaultChecked />
        <Label htmlFor="small">Small</Label>
      </div>
      <div style={row}>
        <Switch id="locked" disabled defaultChecked />
        <Label htmlFor="locked">Locked</Label>
      </div>
    </div>
  );
}
