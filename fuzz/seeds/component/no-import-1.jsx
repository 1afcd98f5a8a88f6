import 'https://a.b/c.js';
export default function Widget({ data }) { return <p>{data.title}</p>; }
