import { Toggle } from '@/components/ui/toggle';
import { Bold, Italic, Underline } from 'lucide-react';

export default function Marks() {
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      <Toggle aria-label="Bold" defaultPressed>
        <Bold />
      </Toggle>
      <Toggle variant="outline" aria-label="Italic">
        <Italic />
      </Toggle>
      <Toggle size="sm">
        <Underline /> Underline
      </Toggle>
      <Toggle size="lg" variant="outline" defaultPressed>
        Large
      </Toggle>
      <Toggle disabled>Off</Toggle>
    </div>
  );
}
