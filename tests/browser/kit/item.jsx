import { Inbox } from 'lucide-react';
import { Fragment } from 'react';
import { Avatar, AvatarFallback } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import {
  Item,
  ItemActions,
  ItemContent,
  ItemDescription,
  ItemFooter,
  ItemGroup,
  ItemHeader,
  ItemMedia,
  ItemSeparator,
  ItemTitle,
} from '@/components/ui/item';
import { Progress } from '@/components/ui/progress';

export default function Items() {
  return (
    <div style={{ display: 'grid', gap: 16, maxWidth: 480 }}>
      <Item variant="outline">
        <ItemMedia variant="icon">
          <Inbox />
        </ItemMedia>
        <ItemContent>
          <ItemTitle>New sign-in</ItemTitle>
          <ItemDescription>Somebody signed in from a device that was never used before. Was it you? If not, change your password now.</ItemDescription>
        </ItemContent>
        <ItemActions>
          <Button size="sm" variant="outline">
            Review
          </Button>
        </ItemActions>
      </Item>
      <ItemGroup>
        {['Ada', 'Grace'].map((name, at) => (
          <Fragment key={name}>
            {at > 0 && <ItemSeparator />}
            <Item size="sm">
              <ItemMedia>
                <Avatar>
                  <AvatarFallback>{name[0]}</AvatarFallback>
                </Avatar>
              </ItemMedia>
              <ItemContent>
                <ItemTitle>{name}</ItemTitle>
              </ItemContent>
            </Item>
          </Fragment>
        ))}
        <ItemSeparator />
        <Item asChild size="sm">
          <a href="#all">
            <ItemContent>
              <ItemTitle>All people</ItemTitle>
            </ItemContent>
          </a>
        </Item>
      </ItemGroup>
      <Item variant="muted">
        <ItemHeader>
          <ItemTitle>Download</ItemTitle>
          <span>129 of 1000 MB</span>
        </ItemHeader>
        <ItemFooter>
          <Progress value={13} aria-label="Download" />
        </ItemFooter>
      </Item>
    </div>
  );
}
