import { Button } from '@/components/ui/button';
import { Tooltip, TooltipContent, TooltipProvider, TooltipTrigger } from '@/components/ui/tooltip';

export default function Hints() {
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <TooltipProvider>
        <Tooltip>
          <TooltipTrigger asChild>
            <Button variant="outline">Open</Button>
          </TooltipTrigger>
          <TooltipContent>
            <p style={{ margin: 0 }}>Adds the file to your library</p>
          </TooltipContent>
        </Tooltip>
      </TooltipProvider>
      <Tooltip>
        <TooltipTrigger asChild>
          <Button variant="outline">Without a provider</Button>
        </TooltipTrigger>
        <TooltipContent side="bottom">Works as well</TooltipContent>
      </Tooltip>
    </div>
  );
}
