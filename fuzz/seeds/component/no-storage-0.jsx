const d = document; d.cookie;
export default function Widget({ data }) { return <p>{data.title}</p>; }
