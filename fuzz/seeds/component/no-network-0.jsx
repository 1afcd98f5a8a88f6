const n = navigator; n.sendBeacon('/x');
export default function Widget({ data }) { return <p>{data.title}</p>; }
