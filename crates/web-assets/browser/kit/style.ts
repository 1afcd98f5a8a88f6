// Adds the kit's style sheet to the document, once.

/** The text of kit.css, which the build fills in. */
declare const KIT_STYLE: string;

if (typeof document !== 'undefined') {
  const style = document.createElement('style');
  style.textContent = KIT_STYLE;
  document.head.append(style);
}
