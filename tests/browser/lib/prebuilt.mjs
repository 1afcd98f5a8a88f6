// The render payloads of the pre-built widgets' previews.

/** Payloads by service, requested once each. */
const known = new Map();

function all(stage) {
  if (!known.has(stage.widgetd)) known.set(stage.widgetd, ask(stage));
  return known.get(stage.widgetd);
}

/** The payload of each pre-built widget with its example data, in the order of their keys. */
export const prebuiltPayloads = async (stage) => (await all(stage)).payloads;

/** The words of each pre-built widget by language, from its component. */
export async function prebuiltTables(stage) {
  const tables = (await all(stage)).widgets.map(({ key, component }) => [key, component.match(/^const WORDS = (\{.*?^\});$/ms)[1]]);
  return Object.fromEntries(tables.map(([key, table]) => [key, Function(`return ${table}`)()]));
}

async function ask({ widgetd, origin }) {
  const headers = { authorization: `Bearer ${await widgetd.createKey('previews')}` };
  const get = async (path) => {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${origin}/api/v1/${path}`, { headers });
      const answer = await response.json();
      if (answer.success) return answer.data;
      // The service may lack processor time while browsers start.
      if (response.status !== 503 || tries === 5) throw new Error(answer.error);
      await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers.get('retry-after') ?? 1)));
    }
  };
  const { widgets } = await get('widget/prebuilt');
  const payloads = await Promise.all(widgets.map(({ id }) => get(`widget/${id}/preview`)));
  return { widgets, payloads: payloads.sort((a, b) => a.widgetKey.localeCompare(b.widgetKey)) };
}
