// Creates a widget, binds it to an agent, sends data for it and reads the conversation. Node.js 18 or newer, without packages:
//
//   KEY=wgt_… node docs/examples/create-and-use.mjs [address of the service]

const address = process.argv[2] ?? 'http://127.0.0.1:8080';

/** Calls the API; resolves with `data` of the answer, or throws what is wrong. */
async function call(method, path, body) {
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${process.env.KEY}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.success) throw new Error(`${answer.error}: ${JSON.stringify(answer.details ?? {})}`);
  return answer.data;
}

const widget = await call('POST', '/widget', {
  key: 'quarters',
  name: 'Quarters',
  category: 'analytics',
  schema: {
    type: 'object',
    properties: {
      quarters: {
        type: 'array',
        items: {
          type: 'object',
          properties: { label: { type: 'string' }, value: { type: 'number' } },
          required: ['label', 'value'],
        },
      },
    },
    required: ['quarters'],
  },
  component: `export default function Quarters({ data }) {
    return <ul>{data.quarters.map(({ label, value }) => <li key={label}>{label}: {value}</li>)}</ul>;
  }`,
});

await call('POST', '/peer/peer_123/widgets', { widgetId: widget.id });

await call('POST', '/conversation/conv_456/message', {
  type: 'widget',
  widgetKey: widget.key,
  data: { quarters: [{ label: 'Q1', value: 100 }, { label: 'Q2', value: 150 }, { label: 'Q3', value: 200 }] },
  text: 'Here are your quarterly results',
});

const { messages } = await call('GET', '/conversation/conv_456/message');
console.log(`${messages.length} message in conv_456: ${address}/demo#key=${process.env.KEY}&conversation=conv_456`);
