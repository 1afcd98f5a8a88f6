// `/embed/v1/confirm.js`: asks the page's reader whether to open a link or to save a file of a widget. It loads at the first link.

import type { Confirmation, WidgetRequest } from './requests';

/** The text of `confirm.css`. The bundler defines it. */
declare const CONFIRM_STYLE: string;

const WORDS = {
  en: {
    page: 'Open this page?',
    mail: 'Write to this address?',
    phone: 'Call this number?',
    file: 'Save this file?',
    open: 'Open',
    save: 'Save',
    cancel: 'Cancel',
  },
  de: {
    page: 'Diese Seite öffnen?',
    mail: 'An diese Adresse schreiben?',
    phone: 'Diese Nummer anrufen?',
    file: 'Diese Datei speichern?',
    open: 'Öffnen',
    save: 'Speichern',
    cancel: 'Abbrechen',
  },
  es: {
    page: '¿Abrir esta página?',
    mail: '¿Escribir a esta dirección?',
    phone: '¿Llamar a este número?',
    file: '¿Guardar este archivo?',
    open: 'Abrir',
    save: 'Guardar',
    cancel: 'Cancelar',
  },
  fr: {
    page: 'Ouvrir cette page ?',
    mail: 'Écrire à cette adresse ?',
    phone: 'Appeler ce numéro ?',
    file: 'Enregistrer ce fichier ?',
    open: 'Ouvrir',
    save: 'Enregistrer',
    cancel: 'Annuler',
  },
  tr: {
    page: 'Bu sayfa açılsın mı?',
    mail: 'Bu adrese yazılsın mı?',
    phone: 'Bu numara aransın mı?',
    file: 'Bu dosya kaydedilsin mi?',
    open: 'Aç',
    save: 'Kaydet',
    cancel: 'İptal',
  },
  ar: {
    page: 'هل تريد فتح هذه الصفحة؟',
    mail: 'هل تريد الكتابة إلى هذا العنوان؟',
    phone: 'هل تريد الاتصال بهذا الرقم؟',
    file: 'هل تريد حفظ هذا الملف؟',
    open: 'فتح',
    save: 'حفظ',
    cancel: 'إلغاء',
  },
};

/** The type of a file, which is a text of the widget's choice. */
const TYPE = /^([\w.+-]{1,60}\/[\w.+-]{1,60})(;|$)/;
/** Milliseconds without a confirmation after a canceled one: the press on Cancel is a gesture too. */
const QUIET_TIME = 5000;
/** Milliseconds in which the second click of a double click in the widget may hit the backdrop. */
const DOUBLE_CLICK_TIME = 300;

/** What the confirmation names: the kind of request, its main part in short, and the whole. */
function describe(request: WidgetRequest): { kind: 'page' | 'mail' | 'phone' | 'file'; what: string; whole: string } {
  if ('blob' in request) {
    const parts = [TYPE.exec(request.type)?.[1], sizeOf(request.blob)];
    return { kind: 'file', what: request.name, whole: parts.filter(Boolean).join(' · ') };
  }
  const { protocol, host, pathname, href } = new URL(request.url);
  if (protocol === 'mailto:') return { kind: 'mail', what: pathname || href, whole: href };
  if (protocol === 'tel:') return { kind: 'phone', what: pathname || href, whole: href };
  return { kind: 'page', what: host, whole: href };
}

function sizeOf({ size }: Blob): string {
  const kilobytes = size / 1000;
  if (kilobytes < 1) return `${size} B`;
  return kilobytes < 1000 ? `${kilobytes.toFixed(kilobytes < 10 ? 1 : 0)} kB` : `${(kilobytes / 1000).toFixed(1)} MB`;
}

function create<K extends keyof HTMLElementTagNameMap>(name: K, text: string, id = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.textContent = text;
  if (id) element.id = id;
  return element;
}

const style = new CSSStyleSheet();
style.replaceSync(CONFIRM_STYLE);

/** Elements whose reader has just canceled a confirmation. */
const quiet = new WeakSet<ShadowRoot>();

export const ask: Confirmation['ask'] = (root, request, anchorFor, { theme, locale, dir = 'ltr' }) => {
  if (quiet.has(root)) return undefined;
  const anchor = anchorFor(request);
  const language = locale.split('-')[0] as string;
  const words = WORDS[language as keyof typeof WORDS] ?? WORDS.en;
  const { kind, what, whole } = describe(request);
  const dialog = document.createElement('dialog');
  dialog.setAttribute('part', 'confirmation');
  dialog.setAttribute('aria-labelledby', 'title');
  dialog.setAttribute('aria-describedby', 'what');
  dialog.style.colorScheme = theme;
  dialog.dir = dir;
  dialog.lang = language in WORDS ? language : 'en';
  // Addresses run from left to right in any language.
  const [main, address] = [create('p', '', 'what'), create('p', '', 'whole')];
  for (const [element, text] of [
    [main, what],
    [address, whole],
  ] as const)
    element.append(Object.assign(create('bdi', text), { dir: 'ltr' }));
  // The first control has the focus, so that a key that is still pressed opens nothing.
  const cancel = create('button', words.cancel);
  cancel.type = 'button';
  cancel.autofocus = true;
  anchor.textContent = kind === 'file' ? words.save : words.open;
  const buttons = create('div', '', 'buttons');
  buttons.append(cancel, anchor);
  dialog.append(create('h2', words[kind], 'title'), main, address, buttons);

  if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets.push(style);
  let isAccepted = false;
  const close = (): void => {
    dialog.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== style);
    if (isAccepted) return;
    URL.revokeObjectURL(anchor.href);
    quiet.add(root);
    setTimeout(() => quiet.delete(root), QUIET_TIME);
  };
  dialog.addEventListener('close', close);
  cancel.addEventListener('click', () => dialog.close());
  anchor.addEventListener('click', () => {
    isAccepted = true;
    setTimeout(() => dialog.close());
  });
  // A click on the backdrop closes the dialog.
  const shownAt = performance.now();
  dialog.addEventListener('click', (event) => {
    if (performance.now() - shownAt > DOUBLE_CLICK_TIME && event.target === dialog && isOutside(dialog, event)) dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
  // A long address scrolls, so a keyboard must reach it.
  if (address.scrollHeight > address.clientHeight) address.tabIndex = 0;
  return dialog;
};

function isOutside(dialog: HTMLElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
