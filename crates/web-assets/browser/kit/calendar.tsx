import { type ComponentProps, useEffect, useRef } from 'react';
import {
  type ChevronProps,
  type ClassNames,
  type DayButton,
  DayPicker,
  type DayPickerProps,
  getDefaultClassNames,
  type Labels,
  Nav,
} from 'react-day-picker';

import { type ButtonProps, buttonVariants } from './button';
import { ChevronDownIcon, ChevronLeftIcon, ChevronRightIcon } from './icons';
import { addStyle } from './style';
import sheet from './styles/calendar.css';

addStyle(sheet);

export type CalendarProps = DayPickerProps & {
  /** The look of the buttons that change the month. */
  buttonVariant?: ButtonProps['variant'];
  /** The name of `autoFocus` in version 8 of react-day-picker. */
  initialFocus?: boolean;
};

export function Calendar({ buttonVariant = 'ghost', classNames, components, initialFocus, ...props }: CalendarProps) {
  return (
    <DayPicker
      data-slot="calendar"
      showOutsideDays
      autoFocus={initialFocus ?? false}
      {...props}
      classNames={joined(buttonVariants({ variant: buttonVariant, size: 'icon' }), classNames)}
      labels={{ ...(!props.locale && { labelDayButton }), ...props.labels }}
      components={{
        Chevron,
        Nav: MonthButtons,
        DayButton: CalendarDayButton,
        ...components,
      }}
    />
  );
}

/** The default class names, on which the style sheet depends, with those of the caller. */
function joined(button: string, extra: CalendarProps['classNames']): Partial<ClassNames> {
  const names: Record<string, string> = { ...getDefaultClassNames(), button_previous: button, button_next: button };
  for (const [part, name] of Object.entries(extra ?? {})) names[part] = `${names[part] ?? ''} ${name}`;
  return names;
}

/** The name of a day, in which its number is a word: react-day-picker's own has "14th". */
const labelDayButton: Labels['labelDayButton'] = (date, { today, selected }, _, dates) =>
  `${today ? 'Today, ' : ''}${dates?.format(date, 'EEEE, d MMMM yyyy')}${selected ? ', selected' : ''}`;

/** No landmark: a page with several calendars would have as many of one name. */
const MonthButtons = (props: ComponentProps<typeof Nav>) => <Nav {...props} role="none" aria-label={undefined} />;

function Chevron({ orientation, className }: ChevronProps) {
  const Icon = orientation === 'left' ? ChevronLeftIcon : orientation === 'right' ? ChevronRightIcon : ChevronDownIcon;
  return <Icon className={className} data-flips={orientation === 'down' ? undefined : ''} />;
}

export function CalendarDayButton({ day, modifiers, ...props }: ComponentProps<typeof DayButton>) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (modifiers.focused) ref.current?.focus();
  }, [modifiers.focused]);
  return <button ref={ref} type="button" data-slot="calendar-day" data-day={day.isoDate} {...props} />;
}
