import { useEffect, useState } from 'react';
import { Card, CardContent } from '@/components/ui/card';
import { Carousel, CarouselContent, CarouselItem, CarouselNext, CarouselPrevious } from '@/components/ui/carousel';

export default function Slides() {
  const [api, setApi] = useState();
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    if (!api) return;
    setCurrent(api.selectedScrollSnap() + 1);
    api.on('select', () => setCurrent(api.selectedScrollSnap() + 1));
  }, [api]);
  return (
    <div>
      <Carousel setApi={setApi} style={{ maxWidth: 320 }} aria-label="Numbers">
        <CarouselContent>
          {[1, 2, 3, 4, 5].map((number) => (
            <CarouselItem key={number}>
              <Card>
                <CardContent style={{ display: 'grid', placeItems: 'center', height: 120, fontSize: 36 }}>{number}</CardContent>
              </Card>
            </CarouselItem>
          ))}
        </CarouselContent>
        <CarouselPrevious />
        <CarouselNext />
      </Carousel>
      <p>
        Slide <output>{current}</output> of 5
      </p>
      <Carousel aria-label="Nothing">
        <CarouselContent />
      </Carousel>
    </div>
  );
}
