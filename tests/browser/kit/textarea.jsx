import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';

export default function Texts() {
  return (
    <div style={{ display: 'grid', gap: 12, maxWidth: 384 }}>
      <Label htmlFor="message">Your message</Label>
      <Textarea id="message" placeholder="Type your message here." />
      <Textarea aria-label="Long" defaultValue={'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen\nsecond\nthird\nfourth line'} />
      <Textarea aria-label="Disabled" placeholder="Disabled" rows={5} disabled />
    </div>
  );
}
