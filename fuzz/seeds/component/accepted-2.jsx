const A = () => <a.b c={<d />}>e</a.b>;
export default function Widget({ data }) { return <p>{data.title}</p>; }
