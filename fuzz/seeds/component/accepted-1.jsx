const f = ({ a = 1 } = {}) => a ?? 2;
export default function Widget({ data }) { return <p>{data.title}</p>; }
