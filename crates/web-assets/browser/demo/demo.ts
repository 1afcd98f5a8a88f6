// The demo page: lists a conversation through the API and shows each message with <peer-widget>.
//
// Key and conversation are read from the address's fragment (`#key=…&conversation=…`), which no browser sends to a server.

import { ask, Failed } from './api';
import { empty, noKey, type Problem } from './problem';

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
const panel = element('problem');
const list = element('messages');
const more = element<HTMLButtonElement>('more');
const log = element('log');

/** A message with a pre-built widget. */
const EXAMPLE = {
  type: 'widget',
  widgetKey: 'sales-funnel-progress',
  data: {
    stages: [
      { name: 'Leads', count: 1500, conversionRate: 0.25 },
      { name: 'Trials', count: 375, conversionRate: 0.4 },
      { name: 'Customers', count: 150 },
    ],
  },
  text: '150 of 1,500 leads became customers.',
};

/** Number of the current query: responses to earlier queries are dropped. */
let query = 0;

const messagesPath = (): string => `conversation/${encodeURIComponent(conversation.value)}/message`;

function create(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Text whose parts in backquotes are code. */
function rich(text: string): HTMLElement {
  const line = create('p', '');
  line.append(...text.split('`').map((part, at) => (at % 2 ? create('code', part) : part)));
  return line;
}

const BUTTONS = { again: 'Try again', example: 'Send an example message' };

function showProblem({ what, why, remedy, button }: Problem, again: () => void): void {
  panel.replaceChildren(create('h2', what), rich(why), rich(remedy));
  panel.dataset.button = button ?? '';
  if (!button) return;
  const press = create('button', BUTTONS[button]) as HTMLButtonElement;
  press.type = 'button';
  press.onclick = button === 'example' ? () => void sendExample() : again;
  panel.append(press);
}

const problemOf = (error: unknown): Problem =>
  error instanceof Failed ? error.problem : { what: 'The page failed', why: String(error), remedy: 'Reload it.' };

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
  for (const kind of ['widget-action', 'widget-link', 'widget-download', 'widget-error']) {
    widget.addEventListener(kind, (event) => note(kind, message.widgetKey, (event as CustomEvent).detail));
  }
  // After a fatal error the element shows the text.
  const why = create('p', '', 'why');
  widget.addEventListener('widget-error', (event) => {
    const { fatal, kind, message } = (event as CustomEvent<{ fatal: boolean; kind: string; message: string }>).detail;
    if (!fatal) return;
    text.hidden = true;
    why.textContent = `The widget was ended (${kind}): ${message}`;
  });
  item.append(widget, why);
  list.append(item);
  ask(key.value.trim(), `${messagesPath()}/${message.messageId}/render`).then(
    (payload) => (widget.payload = payload),
    (error: unknown) => {
      const problem = problemOf(error);
      why.replaceChildren(...rich(`The widget is not shown. ${problem.what}: ${problem.why} ${problem.remedy}`).childNodes);
    },
  );
}

async function load(cursor?: string): Promise<void> {
  const started = query;
  state.textContent = 'Loading…';
  panel.replaceChildren();
  more.hidden = true;
  try {
    const rest = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await ask<Page>(key.value.trim(), `${messagesPath()}?limit=20${rest}`);
    if (started !== query) return;
    page.messages.forEach(show);
    state.textContent = '';
    if (list.childElementCount === 0) showProblem(empty(conversation.value), begin);
    more.hidden = page.nextCursor === null;
    more.onclick = () => void load(page.nextCursor ?? undefined);
  } catch (error) {
    if (started !== query) return;
    state.textContent = '';
    showProblem(problemOf(error), () => void load(cursor));
  }
}

function begin(): void {
  query += 1;
  list.replaceChildren();
  if (/^wgt_[0-9A-Za-z]+$/.test(key.value.trim())) return void load();
  more.hidden = true;
  state.textContent = '';
  showProblem(noKey(), begin);
}

async function sendExample(): Promise<void> {
  try {
    await ask(key.value.trim(), messagesPath(), EXAMPLE);
    begin();
  } catch (error) {
    showProblem(problemOf(error), () => void sendExample());
  }
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
