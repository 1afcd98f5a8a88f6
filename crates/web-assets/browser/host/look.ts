// How the page looks where the widget stands: its theme, language, direction, type size and `--widget-*` properties.
//
// A page may change any of them by a class, an attribute, a style sheet or a preference. All of that ends in computed styles, so a
// probe in the element's shadow tree has a transition for each of them: the browser raises an event when one changes.

import { DEFAULT_MAX_HEIGHT } from '../protocol/limits';
import { isTheme, type Look } from '../protocol/messages';

/** The properties that a page may set around a widget; docs/rendering.md says what each is for. */
const VARIABLES = ['bg', 'surface', 'fg', 'muted', 'border', 'accent', 'accent-2', 'accent-3', 'good', 'warn', 'bad', 'radius', 'font'].map(
  (name) => `--widget-${name}`,
);

/** What the probe watches: `CanvasText` is light where the page is dark. */
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

/** How a widget should look that is in the element, which holds the probe. */
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

/** The element's attribute; else the color scheme that the page uses there, which is light where it names none. */
function themeOf(element: HTMLElement, text: string): Look['theme'] {
  const attribute = element.getAttribute('theme');
  if (isTheme(attribute)) return attribute;
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return red + green + blue > 3 * 127 ? 'dark' : 'light';
}

const changes = new EventTarget();
let observer: MutationObserver | undefined;

/** Calls back when the look may have changed. */
export function onLookChange(probe: HTMLElement, changed: () => void): () => void {
  // Language and direction have no transitions.
  observer ??= new MutationObserver(() => changes.dispatchEvent(new Event('change')));
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] });
  changes.addEventListener('change', changed);
  probe.addEventListener('transitionrun', changed);
  return () => {
    changes.removeEventListener('change', changed);
    probe.removeEventListener('transitionrun', changed);
  };
}
