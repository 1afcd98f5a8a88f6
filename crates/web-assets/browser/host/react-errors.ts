// React's production build throws numbers instead of sentences. These are the numbers that components cause, in our words.

/** Sentences by number. `%s` is the next detail that React gives. */
const SENTENCES: Record<string, string> = {
  31: 'an object cannot be shown as text (%s): show one of its members, or JSON.stringify(value)',
  60: 'an element has children and dangerouslySetInnerHTML: it can have one of them',
  61: 'dangerouslySetInnerHTML needs an object: {{ __html: text }}',
  62: "style needs an object, not text: style={{ color: 'red' }}",
  90: 'a radio button of React and one of another script are in the same group of one form',
  91: '<textarea> takes no dangerouslySetInnerHTML: set its value',
  92: '<textarea> has a defaultValue and children: it can have one of them',
  93: '<textarea> has several children: it takes one text',
  130: 'an element is %s instead of a component or the name of a tag: the component is not defined, not imported or misspelled',
  137: '<%s> is always empty: it takes neither children nor dangerouslySetInnerHTML',
  143: 'React.Children.only needs exactly one element as its child',
  185: 'the component updates its state without end: an effect or a lifecycle method sets state each time that it runs; give the effect a list of dependencies',
  231: '%s needs a function, not %s: onClick={() => act()}',
  267: 'cloneElement needs an element, not %s',
  284: 'ref needs a function or an object of useRef',
  300: 'the component called fewer hooks than before: it returned before some of its hooks; call all hooks first',
  301: 'the component sets its state while it renders, without end: set it in a handler or an effect; onClick={act()} calls act while rendering, onClick={() => act()} does not',
  306: 'lazy() loaded %s instead of a component: its promise needs { default: Component }',
  310: 'the component called more hooks than before: a hook is in a condition or after a return; call all hooks first, in the same order',
  311: 'the component called its hooks in another order than before: call them in the same order, not in conditions or loops',
  321: 'a hook was called outside of a component: call hooks directly in a function component or in another hook',
  438: 'use() needs a promise or a context, not %s',
  440: 'a function of useEffectEvent was called while rendering: call it in an effect',
  482: 'an async function cannot be a component: load in an effect, or take what you show from data',
  483: 'a component waits for promises without end: an async function cannot be a component, and use() needs the same promise each time',
  485: 'the action of a transition or a form threw an error',
  525: 'an element was made by another copy of React, or by hand: use JSX',
};

const MINIFIED = /Minified React error #(\d+);(?: visit \S*?\?(\S*))?/;
/** A hook without a component: React has no state for it, so reading it fails. */
const NO_COMPONENT = /^TypeError: .*\bnull\b.*\buse[A-Z]|^TypeError: .*\buse[A-Z]\w*\b.*\bnull\b/;

/** The message with the sentence instead of the number, or as it is. */
export function inWords(message: string): string {
  if (NO_COMPONENT.test(message)) return `${message}. If this is a hook of React, ${SENTENCES[321]}`;
  const [, number = '', query = ''] = MINIFIED.exec(message) ?? [];
  const details = new URLSearchParams(query).getAll('args[]');
  const sentence = SENTENCES[number]?.replace(/%s/g, () => details.shift() || 'something else');
  return sentence ? `React error ${number}: ${sentence} (https://react.dev/errors/${number})` : message;
}
