// Adds the kit's style sheet to the document, once.

import sheet from './kit.css';

if (typeof document !== 'undefined') {
  const style = document.createElement('style');
  style.textContent = sheet;
  document.head.append(style);
}
