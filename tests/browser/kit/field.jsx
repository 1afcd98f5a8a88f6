import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import {
  Field,
  FieldContent,
  FieldDescription,
  FieldError,
  FieldGroup,
  FieldLabel,
  FieldLegend,
  FieldSeparator,
  FieldSet,
  FieldTitle,
} from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import { Switch } from '@/components/ui/switch';

const PLANS = [
  ['free', 'Free', 'Three projects and one seat.'],
  ['team', 'Team', 'All projects and ten seats.'],
];

export default function Order() {
  return (
    <form style={{ maxWidth: 560 }}>
      <FieldGroup>
        <FieldSet>
          <FieldLegend>Payment</FieldLegend>
          <FieldDescription>All transactions are encrypted.</FieldDescription>
          <FieldGroup>
            <Field>
              <FieldLabel htmlFor="name">Name on the card</FieldLabel>
              <Input id="name" placeholder="Ada Lovelace" />
              <FieldDescription>As it is printed.</FieldDescription>
            </Field>
            <Field data-invalid="true">
              <FieldLabel htmlFor="number">Number</FieldLabel>
              <Input id="number" aria-invalid="true" defaultValue="12" />
              <FieldError errors={[{ message: 'Too short.' }, undefined, { message: 'Too short.' }]} />
              <FieldError errors={[{ message: 'Too short.' }, { message: 'No such bank.' }]} />
              <FieldError errors={[]} />
            </Field>
            <Field orientation="responsive">
              <FieldContent>
                <FieldLabel htmlFor="note">Note</FieldLabel>
                <FieldDescription>On the invoice.</FieldDescription>
              </FieldContent>
              <Input id="note" />
            </Field>
          </FieldGroup>
        </FieldSet>
        <FieldSeparator>or</FieldSeparator>
        <FieldSet>
          <FieldLegend variant="label">Plan</FieldLegend>
          <RadioGroup defaultValue="team" aria-label="Plan">
            {PLANS.map(([value, title, text]) => (
              <FieldLabel key={value} htmlFor={value}>
                <Field orientation="horizontal">
                  <FieldContent>
                    <FieldTitle>{title}</FieldTitle>
                    <FieldDescription>{text}</FieldDescription>
                  </FieldContent>
                  <RadioGroupItem value={value} id={value} aria-label={title} />
                </Field>
              </FieldLabel>
            ))}
          </RadioGroup>
        </FieldSet>
        <FieldSeparator />
        <Field orientation="horizontal">
          <Checkbox id="same" defaultChecked />
          <FieldLabel htmlFor="same">Same as the shipping address</FieldLabel>
        </Field>
        <Field orientation="horizontal" data-disabled="true">
          <FieldLabel htmlFor="news">Newsletter</FieldLabel>
          <Switch id="news" disabled />
        </Field>
        <Field orientation="horizontal">
          <Button type="submit">Pay</Button>
          <Button type="button" variant="outline">
            Cancel
          </Button>
        </Field>
      </FieldGroup>
    </form>
  );
}
