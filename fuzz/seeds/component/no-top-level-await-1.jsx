for await (const a of []) a;
export default function Widget({ data }) { return <p>{data.title}</p>; }
