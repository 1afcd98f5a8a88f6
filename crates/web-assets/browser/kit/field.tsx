import type { ComponentProps, ReactNode } from 'react';

import { Label } from './label';
import { slotted } from './slotted';
import './style';

export interface FieldProps extends ComponentProps<'div'> {
  /** `responsive`: horizontal in a `FieldGroup` that is wide enough. */
  orientation?: 'vertical' | 'horizontal' | 'responsive' | null | undefined;
}

/** A control with its label, description and error. */
export function Field({ orientation, ...props }: FieldProps) {
  // biome-ignore lint/a11y/useSemanticElements: a `fieldset` is for several fields
  return <div data-slot="field" data-orientation={orientation ?? 'vertical'} role="group" {...props} />;
}

/** The label of a control, or a frame around a `Field` that selects its control. */
export const FieldLabel = slotted(Label, 'field-label');
/** Looks like a label. */
export const FieldTitle = slotted('div', 'field-label');
export const FieldContent = slotted('div', 'field-content');
export const FieldDescription = slotted('p', 'field-description');
export const FieldGroup = slotted('div', 'field-group');
export const FieldSet = slotted('fieldset', 'field-set');

export interface FieldLegendProps extends ComponentProps<'legend'> {
  variant?: 'legend' | 'label';
}

export function FieldLegend({ variant = 'legend', ...props }: FieldLegendProps) {
  return <legend data-slot="field-legend" data-variant={variant} {...props} />;
}

/** A line, with text in its middle if it has children. */
export function FieldSeparator({ children, ...props }: ComponentProps<'div'>) {
  return (
    <div data-slot="field-separator" {...props}>
      {children && <span data-slot="field-separator-content">{children}</span>}
    </div>
  );
}

export interface FieldErrorProps extends ComponentProps<'div'> {
  errors?: ({ message?: string | undefined } | undefined)[] | undefined;
}

/** The different messages of errors: one as text, several as a list. */
function messages(errors: FieldErrorProps['errors'] = []): ReactNode {
  const [first, ...others] = new Set(errors.map((error) => error?.message).filter(Boolean));
  if (others.length === 0) return first;
  return (
    <ul>
      {[first, ...others].map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}

/** The children, or the messages of `errors`. Without any it renders nothing. */
export function FieldError({ errors, children, ...props }: FieldErrorProps) {
  const content = children || messages(errors);
  return content ? (
    <div data-slot="field-error" role="alert" {...props}>
      {content}
    </div>
  ) : null;
}
