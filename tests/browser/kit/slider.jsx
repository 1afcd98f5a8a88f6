import { useState } from 'react';
import { Slider } from '@/components/ui/slider';

export default function Values() {
  const [value, setValue] = useState([50]);
  return (
    <div style={{ display: 'grid', gap: 24, maxWidth: 384 }}>
      <Slider value={value} onValueChange={setValue} max={100} step={1} aria-label="Volume" />
      <output>{value[0]}</output>
      <Slider defaultValue={[20, 70]} />
      <Slider defaultValue={[40]} disabled aria-label="Off" />
      <Slider aria-label="Without values" />
      <div style={{ height: 120 }}>
        <Slider defaultValue={[30]} orientation="vertical" aria-label="Height" style={{ minHeight: 0 }} />
      </div>
    </div>
  );
}
