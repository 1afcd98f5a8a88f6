import { useState } from 'react';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';

export default function Plans() {
  const [plan, setPlan] = useState('pro');
  return (
    <div>
      <RadioGroup value={plan} onValueChange={setPlan} aria-label="Plan">
        {['free', 'pro', 'team'].map((name) => (
          <div key={name} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <RadioGroupItem value={name} id={name} disabled={name === 'team'} />
            <Label htmlFor={name}>{name}</Label>
          </div>
        ))}
      </RadioGroup>
      <output>{plan}</output>
    </div>
  );
}
