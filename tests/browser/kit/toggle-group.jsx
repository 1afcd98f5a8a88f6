import { useState } from 'react';
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group';
import { AlignCenter, AlignLeft, AlignRight } from 'lucide-react';

export default function Groups() {
  const [side, setSide] = useState('left');
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <ToggleGroup type="single" variant="outline" value={side} onValueChange={setSide} aria-label="Alignment">
        <ToggleGroupItem value="left" aria-label="Left">
          <AlignLeft />
        </ToggleGroupItem>
        <ToggleGroupItem value="center" aria-label="Center">
          <AlignCenter />
        </ToggleGroupItem>
        <ToggleGroupItem value="right" aria-label="Right" disabled>
          <AlignRight />
        </ToggleGroupItem>
      </ToggleGroup>
      <output>{side}</output>
      <ToggleGroup type="multiple" size="sm" defaultValue={['day', 'week']} spacing={2} aria-label="Ranges">
        <ToggleGroupItem value="day">Day</ToggleGroupItem>
        <ToggleGroupItem value="week">Week</ToggleGroupItem>
        <ToggleGroupItem value="month">Month</ToggleGroupItem>
      </ToggleGroup>
    </div>
  );
}
