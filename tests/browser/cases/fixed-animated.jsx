import { motion } from 'framer-motion';
import { toast, Toaster } from 'sonner';

const bar = { position: 'fixed', left: 0, right: 0, bottom: 0, height: 48, background: '#ddd' };

const BARS = {
  enters: () => <motion.div style={bar} initial={{ y: 48, opacity: 0 }} animate={{ y: 0, opacity: 1 }} transition={{ duration: 0.6 }} />,
  pulses: () => <div className="pulses" style={{ ...bar, bottom: -40 }} />,
  moves: () => <motion.div style={bar} animate={{ y: [0, -10, 0] }} transition={{ duration: 1, repeat: Infinity }} />,
};

// Cases: a bar at the bottom of a small card that enters, pulses or moves up and down, and toasts in such a card.
export default function Card({ data }) {
  const Bar = BARS[data.bar];
  return (
    <div style={{ padding: 8, height: 80 }}>
      <style>{'@keyframes pulses { 50% { opacity: 0.5 } } .pulses { animation: pulses 1s infinite }'}</style>
      <button id="toast" onClick={() => ['One', 'Two', 'Three'].forEach((title) => toast(title, { description: 'Text', duration: Infinity }))}>
        Toast
      </button>
      {Bar && <Bar />}
      <Toaster expand />
    </div>
  );
}
