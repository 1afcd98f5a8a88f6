import { Search } from 'lucide-react';
import { useState } from 'react';
import { InputGroup, InputGroupAddon, InputGroupButton, InputGroupInput, InputGroupText, InputGroupTextarea } from '@/components/ui/input-group';
import { Kbd } from '@/components/ui/kbd';

export default function Groups() {
  const [sent, setSent] = useState(0);
  return (
    <div style={{ display: 'grid', gap: 16, maxWidth: 384 }}>
      <InputGroup>
        <InputGroupInput aria-label="Search" placeholder="Search…" />
        <InputGroupAddon>
          <Search />
        </InputGroupAddon>
        <InputGroupAddon align="inline-end">
          12 results <Kbd>⌘K</Kbd>
        </InputGroupAddon>
      </InputGroup>
      <InputGroup>
        <InputGroupAddon>
          <InputGroupText>€</InputGroupText>
        </InputGroupAddon>
        <InputGroupInput aria-label="Price" defaultValue="no number" aria-invalid="true" />
        <InputGroupAddon align="inline-end">
          <InputGroupText>EUR</InputGroupText>
        </InputGroupAddon>
      </InputGroup>
      <InputGroup>
        <InputGroupInput aria-label="Code" placeholder="Code" />
        <InputGroupAddon align="inline-end">
          <InputGroupButton variant="secondary">Apply</InputGroupButton>
        </InputGroupAddon>
      </InputGroup>
      <InputGroup>
        <InputGroupInput aria-label="Disabled" placeholder="Disabled" disabled />
        <InputGroupAddon>
          <Search />
        </InputGroupAddon>
      </InputGroup>
      <InputGroup>
        <InputGroupTextarea aria-label="Message" placeholder="Write a message…" />
        <InputGroupAddon align="block-end">
          <InputGroupText>{sent} sent</InputGroupText>
          <InputGroupButton variant="default" size="sm" style={{ marginInlineStart: 'auto' }} onClick={() => setSent(sent + 1)}>
            Send
          </InputGroupButton>
        </InputGroupAddon>
        <InputGroupAddon align="block-start">
          <InputGroupText>To Ada</InputGroupText>
        </InputGroupAddon>
      </InputGroup>
    </div>
  );
}
