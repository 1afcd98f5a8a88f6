// Reads the page's appearance at the widget: theme, language, direction, font size and `--widget-*` properties.
//
// A page may change each by a class, an attribute, a style sheet or a preference. All of these change computed styles, so a probe in the
// element's shadow tree has a transition for each property: the browser dispatches an event when one changes.

import { DEFAULT_MAX_HEIGHT } from '../protocol/limits';
import { isTheme, type Look } from '../protocol/messages';

/** The properties that a page may set around a widget. docs/rendering.md lists them, and frame/widget.css has their defaults. */
export const VARIABLES = [
  'bg',
  'surface',
  'fg',
  'muted',
  'border',
  'accent',
  'accent-2',
  'accent-3',
  'good',
  'warn',
  'bad',
  'radius',
  'font',
].map((name) => `--widget-${name}`);

/** The properties that the probe observes. `CanvasText` is light on a dark page. */
const WATCHED = ['color', 'font-size', ...VARIABLES];

export const PROBE_STYLE = `
[part=probe] { position: absolute; visibility: hidden; pointer-events: none; width: 0; height: 0; color: CanvasText; font-size: 1rem;
  transition: ${WATCHED.map((name) => `${name} 1ms step-start allow-discrete`).join(', ')}; }
`;

export function makeProbe(): HTMLElement {
  const probe = document.createElement('span');
  probe.setAttribute('part', 'probe');
  return probe;
}

/** The look for a widget in the element, which contains the probe. */
export function lookOf(element: HTMLElement, probe: HTMLElement): Look {
  const style = getComputedStyle(probe);
  const set = VARIABLES.map((name) => [name, style.getPropertyValue(name).trim().slice(0, 300)] as const).filter(
    ([, value]) => value !== '',
  );
  const locale = element.getAttribute('locale') ?? element.closest<HTMLElement>('[lang]')?.lang ?? '';
  return {
    theme: themeOf(element, style.color),
    locale: (locale || navigator.language).slice(0, 100),
    dir: style.direction === 'rtl' ? 'rtl' : 'ltr',
    fontSize: Number.parseFloat(style.fontSize) || 16,
    maxHeight: Number(element.getAttribute('max-height')) || DEFAULT_MAX_HEIGHT,
    variables: Object.fromEntries(set),
  };
}

/** The element's attribute, else the page's color scheme at the element. A page without a `color-scheme` is light. */
function themeOf(element: HTMLElement, text: string): Look['theme'] {
  const attribute = element.getAttribute('theme');
  if (isTheme(attribute)) return attribute;
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return red + green + blue > 3 * 127 ? 'dark' : 'light';
}

const changes = new EventTarget();
let observer: MutationObserver | undefined;

/** Calls `changed` when the look may have changed, until the returned function is called. */
export function onLookChange(probe: HTMLElement, changed: () => void): () => void {
  // Language and direction are attributes, which have no transitions.
  observer ??= new MutationObserver(() => changes.dispatchEvent(new Event('change')));
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] });
  changes.addEventListener('change', changed);
  probe.addEventListener('transitionrun', changed);
  return () => {
    changes.removeEventListener('change', changed);
    probe.removeEventListener('transitionrun', changed);
  };
}
