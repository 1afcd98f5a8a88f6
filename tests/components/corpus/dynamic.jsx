const load = () => import('react'), url = import.meta.url, more = import.meta?.env.x;
const later = async () => (await import(`./${url}`)).default, two = import(load, { with: { type: 'json' } });
export default await later;
await two; for await (const x of more) x;
