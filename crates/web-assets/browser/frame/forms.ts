// Forms submit, so that their handlers run, but send nothing: the policy has `form-action 'none'`.

import type { Blocked } from './blocked';
import { apply, lower, replace, replaceSetter } from './natives';

const { getAttribute } = Element.prototype;
const { preventDefault } = Event.prototype;

export function holdForms(blocked: Blocked): void {
  // React calls the function of `<form action={fn}>` only if no earlier listener prevents the default, so this one runs last.
  window.addEventListener('submit', (event) => {
    if (closesDialog(event)) return;
    const isHandled = event.defaultPrevented;
    apply(preventDefault, event, []);
    if (!isHandled)
      blocked.report('form-action', attributeOf(event.target, 'action'), 'a form sends nothing; call onAction in its onSubmit');
  });
  // A handler that stops the event would keep it from that listener, and the form would navigate the frame away.
  const unlessSubmit = (native: (...given: unknown[]) => unknown) =>
    function (this: unknown, ...given: unknown[]) {
      if ((this as Event).type !== 'submit') apply(native, this, given);
    };
  replace(Event.prototype, 'stopPropagation', unlessSubmit);
  replace(Event.prototype, 'stopImmediatePropagation', unlessSubmit);
  replaceSetter(Event.prototype, 'cancelBubble', unlessSubmit);
  // A script that submits a form skips the handlers, so it can only be a mistake.
  replace(HTMLFormElement.prototype, 'submit', () => () => {});
}

const attributeOf = (element: unknown, name: string): string => (apply(getAttribute, element, [name]) as string | null) ?? '';

/** Whether the form only closes its dialog. */
function closesDialog({ target, submitter }: SubmitEvent): boolean {
  const method = (submitter && attributeOf(submitter, 'formmethod')) || attributeOf(target, 'method');
  return lower(method) === 'dialog';
}
