import { Badge } from '@/components/ui/badge';
import { Check } from 'lucide-react';

export default function Badges() {
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      <Badge>New</Badge>
      <Badge variant="secondary">Draft</Badge>
      <Badge variant="destructive">Overdue</Badge>
      <Badge variant="outline">
        <Check /> Verified
      </Badge>
      <Badge variant="secondary" asChild>
        <a href="https://example.org/">A link</a>
      </Badge>
      <Badge variant="outline">Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung</Badge>
      <Badge variant="secondary" />
    </div>
  );
}
