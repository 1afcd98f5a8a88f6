import { Button } from '@/components/ui/button';
import { HoverCard, HoverCardContent, HoverCardTrigger } from '@/components/ui/hover-card';

export default function Author() {
  return (
    <HoverCard openDelay={100}>
      <HoverCardTrigger asChild>
        <Button variant="link">Open</Button>
      </HoverCardTrigger>
      <HoverCardContent>
        <strong>Ada Lovelace</strong>
        <p style={{ margin: '4px 0 0' }}>Wrote the first program, for a machine that was never built. Joined December 1843.</p>
      </HoverCardContent>
    </HoverCard>
  );
}
