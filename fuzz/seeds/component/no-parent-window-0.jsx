const w = window; w.parent;
export default function Widget({ data }) { return <p>{data.title}</p>; }
