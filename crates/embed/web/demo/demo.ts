// The demo page: lists a conversation through the API and shows each message with <peer-widget>.
//
// Key and conversation are read from the address's fragment (`#key=…&conversation=…`), which no browser sends to a server.

interface Message {
  messageId: string;
  peerId?: string | null;
  widgetKey: string;
  text?: string | null;
  timestamp: string;
}
interface Page {
  messages: Message[];
  nextCursor: string | null;
}

const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const form = element<HTMLFormElement>('which');
const key = element<HTMLInputElement>('key');
const conversation = element<HTMLInputElement>('conversation');
const theme = element<HTMLSelectElement>('theme');
const state = element('status');
const list = element('messages');
const more = element<HTMLButtonElement>('more');
const log = element('log');

/** Asks the API; throws what it says is wrong. */
async function ask<T>(path: string): Promise<T> {
  const response = await fetch(`/api/v1/${path}`, { headers: { Authorization: `Bearer ${key.value}` } });
  const answer = (await response.json()) as { success: boolean; data: T; error: string };
  if (!answer.success) throw new Error(answer.error);
  return answer.data;
}

const messagesPath = (): string => `conversation/${encodeURIComponent(conversation.value)}/message`;

function create(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function note(kind: string, who: string, detail: unknown): void {
  element('quiet').hidden = true;
  const entry = create('p', '', kind);
  entry.append(create('strong', kind), ` ${who} `, create('code', JSON.stringify(detail)));
  log.prepend(entry);
}

function show(message: Message): void {
  const item = create('li', '');
  const time = create('time', new Date(message.timestamp).toLocaleString());
  time.setAttribute('datetime', message.timestamp);
  const head = create('p', message.peerId ? `${message.peerId} · ` : '', 'meta');
  head.append(time);
  item.append(head);
  const text = create('p', message.text ?? '');
  item.append(text);
  const widget = document.createElement('peer-widget') as HTMLElement & { payload: unknown };
  widget.setAttribute('theme', theme.value);
  for (const kind of ['widget-action', 'widget-error'] as const) {
    widget.addEventListener(kind, (event) => note(kind, message.widgetKey, (event as CustomEvent).detail));
  }
  // Then the element shows the text itself.
  widget.addEventListener('widget-error', (event) => (text.hidden = (event as CustomEvent<{ fatal: boolean }>).detail.fatal));
  item.append(widget);
  list.append(item);
  ask(`${messagesPath()}/${message.messageId}/render`).then(
    (payload) => (widget.payload = payload),
    (error: unknown) => {
      widget.append('This widget cannot be shown.');
      note('widget-error', message.widgetKey, String(error));
    },
  );
}

async function load(cursor?: string): Promise<void> {
  state.textContent = 'Loading…';
  more.hidden = true;
  try {
    const page = await ask<Page>(`${messagesPath()}?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    page.messages.forEach(show);
    state.textContent = list.childElementCount === 0 ? 'This conversation has no messages yet.' : '';
    more.hidden = page.nextCursor === null;
    more.onclick = () => void load(page.nextCursor ?? undefined);
  } catch (error) {
    state.textContent = error instanceof Error ? error.message : String(error);
  }
}

function begin(): void {
  list.replaceChildren();
  void load();
}

function readFragment(): void {
  const fragment = new URLSearchParams(location.hash.slice(1));
  key.value = fragment.get('key') ?? key.value;
  conversation.value = fragment.get('conversation') ?? conversation.value;
  if (key.value && conversation.value) begin();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  begin();
});
theme.addEventListener('change', () => {
  document.documentElement.style.colorScheme = theme.value === 'auto' ? '' : theme.value;
  for (const widget of list.querySelectorAll('peer-widget')) widget.setAttribute('theme', theme.value);
});
window.addEventListener('hashchange', readFragment);
readFragment();

export {};
