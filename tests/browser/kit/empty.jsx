import { Folder } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Empty, EmptyContent, EmptyDescription, EmptyHeader, EmptyMedia, EmptyTitle } from '@/components/ui/empty';

export default function Projects() {
  return (
    <Empty style={{ borderWidth: 1 }}>
      <EmptyHeader>
        <EmptyMedia variant="icon">
          <Folder />
        </EmptyMedia>
        <EmptyTitle>No projects yet</EmptyTitle>
        <EmptyDescription>
          You have no projects. Create the first one, or <a href="#import">import</a> one.
        </EmptyDescription>
      </EmptyHeader>
      <EmptyContent>
        <div style={{ display: 'flex', gap: 8 }}>
          <Button>Create</Button>
          <Button variant="outline">Import</Button>
        </div>
      </EmptyContent>
    </Empty>
  );
}
