const f = (a, b) => a < b;
export default function Widget({ data }) { return <p>{data.title}</p>; }
