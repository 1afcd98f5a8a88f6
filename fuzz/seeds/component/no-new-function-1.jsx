const F = Function;
export default function Widget({ data }) { return <p>{data.title}</p>; }
