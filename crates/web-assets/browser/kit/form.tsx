import { type Label as LabelPrimitive, Slot } from 'radix-ui';
import { type ComponentProps, createContext, useContext, useId, useLayoutEffect, useMemo, useState } from 'react';
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
interface Item {
  /** The id from which those of the item's parts are derived. */
  id: string;
  /** The ids of the texts in the item that describe its control. */
  texts: string[];
  setTexts: (change: (texts: string[]) => string[]) => void;
}
const ItemContext = createContext<Item>({ id: '', texts: [], setTexts: () => {} });

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
  const { id } = useContext(ItemContext);
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
  const id = useId();
  const [texts, setTexts] = useState<string[]>([]);
  const item = useMemo(() => ({ id, texts, setTexts }), [id, texts]);
  return (
    <ItemContext value={item}>
      <div data-slot="form-item" {...props} />
    </ItemContext>
  );
}

/** Describes the item's control by the text with this id while it is shown. */
function useDescribes(id: string, isShown = true): void {
  const { setTexts } = useContext(ItemContext);
  useLayoutEffect(() => {
    if (!isShown) return;
    setTexts((texts) => [...texts, id]);
    return () => setTexts((texts) => texts.filter((text) => text !== id));
  }, [id, isShown, setTexts]);
}

export function FormLabel(props: ComponentProps<typeof LabelPrimitive.Root>) {
  const { error, formItemId } = useFormField();
  return <Label data-error={error ? '' : undefined} htmlFor={formItemId} {...props} />;
}

export function FormControl(props: ComponentProps<typeof Slot.Root>) {
  const { error, formItemId } = useFormField();
  const { texts } = useContext(ItemContext);
  return <Slot.Root id={formItemId} aria-describedby={texts.join(' ') || undefined} aria-invalid={Boolean(error)} {...props} />;
}

const Description = slotted('p', 'form-description');

export function FormDescription(props: ComponentProps<'p'>) {
  const { formDescriptionId } = useFormField();
  useDescribes(formDescriptionId);
  return <Description id={formDescriptionId} {...props} />;
}

export function FormMessage({ children, ...props }: ComponentProps<'p'>) {
  const { error, formMessageId } = useFormField();
  const message = error ? (error.message ?? '') : children;
  useDescribes(formMessageId, Boolean(message));
  return message ? (
    <p data-slot="form-message" role={error ? 'alert' : undefined} id={formMessageId} {...props}>
      {message}
    </p>
  ) : null;
}
