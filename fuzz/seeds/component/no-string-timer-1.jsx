window['setInterval'](`a(${1})`, 1);
export default function Widget({ data }) { return <p>{data.title}</p>; }
