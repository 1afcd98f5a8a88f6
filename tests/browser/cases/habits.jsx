import { useEffect, useRef, useState } from 'react';
// Case: drag and drop, a file input, a canvas, media from data: and blob: addresses, and a table of 2,000 rows.
export default function Habits({ data }) {
  const canvas = useRef(null);
  const [picture, setPicture] = useState(null);
  const [sound, setSound] = useState(null);
  const [done, setDone] = useState([]);
  const add = (what) => setDone((before) => [...before, what]);
  useEffect(() => {
    const context = canvas.current.getContext('2d');
    context.fillRect(0, 0, 5, 5);
    setPicture(canvas.current.toDataURL());
    // A tenth of a second of silence.
    const bytes = new Uint8Array(44 + 800);
    const view = new DataView(bytes.buffer);
    for (const [at, text] of [[0, 'RIFF'], [8, 'WAVEfmt '], [36, 'data']]) for (let i = 0; i < text.length; i += 1) bytes[at + i] = text.charCodeAt(i);
    for (const [at, value] of [[4, 836], [16, 16], [24, 8000], [28, 8000], [40, 800]]) view.setUint32(at, value, true);
    for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) view.setUint16(at, value, true);
    const address = URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
    setSound(address);
    return () => URL.revokeObjectURL(address);
  }, []);
  const read = async (event) => add('file ' + (await event.target.files[0].text()));
  return (
    <div>
      <canvas ref={canvas} width="10" height="10" />
      {picture && <img src={picture} alt="" onLoad={() => add('picture')} />}
      {sound && <audio src={sound} preload="metadata" onLoadedMetadata={() => add('sound')} />}
      <p id="card" draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', 'card')}>A card</p>
      <p id="column" onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); add('drop ' + event.dataTransfer.getData('text/plain')); }}>A column</p>
      <input type="file" onChange={read} />
      <output>{done.join(', ')}</output>
      <table><tbody>{Array.from({ length: data.rows }, (_, row) => <tr key={row}>{[0, 1, 2, 3].map((cell) => <td key={cell}>{row * cell}</td>)}</tr>)}</tbody></table>
    </div>
  );
}
