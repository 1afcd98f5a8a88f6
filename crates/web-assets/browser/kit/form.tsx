import { type Label as LabelPrimitive, Slot } from 'radix-ui';
import { type ComponentProps, createContext, useContext, useId } from 'react';
import {
  Controller,
  type ControllerProps,
  type FieldPath,
  type FieldValues,
  FormProvider,
  useFormContext,
  useFormState,
} from 'react-hook-form';

import { Label } from './label';
import { slotted } from './slotted';
import './style';

export const Form = FormProvider;

/** The name of the field around a part. */
const FieldName = createContext<string | undefined>(undefined);
/** The id from which those of an item's parts are derived. */
const ItemId = createContext<string | undefined>(undefined);

export function FormField<V extends FieldValues = FieldValues, N extends FieldPath<V> = FieldPath<V>, T = V>(
  props: ControllerProps<V, N, T>,
) {
  return (
    <FieldName value={props.name}>
      <Controller {...props} />
    </FieldName>
  );
}

/** The state of the field around the caller, and the ids of its parts. */
export function useFormField() {
  const name = useContext(FieldName);
  const id = useContext(ItemId) ?? '';
  const form = useFormContext();
  const formState = useFormState(name === undefined ? {} : { name });
  if (name === undefined) throw new Error('useFormField is used outside of a <FormField>.');
  return {
    id,
    name,
    formItemId: `${id}-form-item`,
    formDescriptionId: `${id}-form-item-description`,
    formMessageId: `${id}-form-item-message`,
    ...form.getFieldState(name, formState),
  };
}

export function FormItem(props: ComponentProps<'div'>) {
  return (
    <ItemId value={useId()}>
      <div data-slot="form-item" {...props} />
    </ItemId>
  );
}

export function FormLabel(props: ComponentProps<typeof LabelPrimitive.Root>) {
  const { error, formItemId } = useFormField();
  return <Label data-error={error ? '' : undefined} htmlFor={formItemId} {...props} />;
}

export function FormControl(props: ComponentProps<typeof Slot.Root>) {
  const { error, formItemId, formDescriptionId, formMessageId } = useFormField();
  return (
    <Slot.Root
      id={formItemId}
      aria-describedby={error ? `${formDescriptionId} ${formMessageId}` : formDescriptionId}
      aria-invalid={Boolean(error)}
      {...props}
    />
  );
}

const Description = slotted('p', 'form-description');

export function FormDescription(props: ComponentProps<'p'>) {
  return <Description id={useFormField().formDescriptionId} {...props} />;
}

export function FormMessage({ children, ...props }: ComponentProps<'p'>) {
  const { error, formMessageId } = useFormField();
  const message = error ? (error.message ?? '') : children;
  return message ? (
    <p data-slot="form-message" id={formMessageId} {...props}>
      {message}
    </p>
  ) : null;
}
