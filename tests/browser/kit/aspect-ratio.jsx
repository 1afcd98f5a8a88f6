import { AspectRatio } from '@/components/ui/aspect-ratio';

export default function Picture() {
  return (
    <div style={{ maxWidth: 320 }}>
      <AspectRatio ratio={16 / 9} style={{ display: 'grid', placeItems: 'center', background: 'var(--widget-surface)' }}>
        16 : 9
      </AspectRatio>
    </div>
  );
}
