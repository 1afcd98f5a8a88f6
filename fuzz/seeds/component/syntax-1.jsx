let a, a;
export default function Widget({ data }) { return <p>{data.title}</p>; }
