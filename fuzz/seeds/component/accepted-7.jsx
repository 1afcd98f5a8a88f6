const A = (p) => <p {...p}>{p.items}</p>;
export default function Widget({ data }) { return <p>{data.title}</p>; }
