const { navigator: { serviceWorker: s } } = window;
export default function Widget({ data }) { return <p>{data.title}</p>; }
