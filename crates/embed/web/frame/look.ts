import type { Look } from '../protocol/messages';

let applied: string[] = [];

/** Gives the document the page's theme, language and `--widget-*` properties. */
export function applyLook({ theme, locale, variables }: Look): void {
  const root = document.documentElement;
  root.lang = locale;
  root.dataset.theme = theme;
  for (const name of applied) root.style.removeProperty(name);
  applied = Object.keys(variables);
  for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
}
