import { AlertTriangle, Armchair, CheckCircle2, DoorOpen, Luggage, Plane } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { motion } from "framer-motion";

type Status = "on-time" | "delayed" | "boarding";

type Stop = { code: string; city: string; terminal: string; scheduled: string; expected?: string };

type Flight = {
  airline: string;
  number: string;
  status: Status;
  progress: number;
  departure: Stop;
  arrival: Stop;
  gate: string;
  seat: string;
  baggage: string;
};

const statuses: Record<Status, { label: string; icon: LucideIcon; className: string }> = {
  "on-time": {
    label: "On time",
    icon: CheckCircle2,
    className: "bg-emerald-100 text-emerald-800 dark:bg-emerald-500/15 dark:text-emerald-300",
  },
  delayed: {
    label: "Delayed",
    icon: AlertTriangle,
    className: "bg-amber-100 text-amber-900 dark:bg-amber-500/15 dark:text-amber-300",
  },
  boarding: {
    label: "Boarding",
    icon: DoorOpen,
    className: "bg-sky-100 text-sky-800 dark:bg-sky-500/15 dark:text-sky-300",
  },
};

const Airport = ({ stop, align }: { stop: Stop; align: "left" | "right" }) => (
  <div className={align === "right" ? "text-right" : "text-left"}>
    <p className="text-4xl font-bold tracking-tight">{stop.code}</p>
    <p className="text-sm text-slate-600 dark:text-slate-400">
      {stop.city} · {stop.terminal}
    </p>
    <p className="mt-2 text-lg font-semibold tabular-nums">
      {stop.expected ?? stop.scheduled}
      {stop.expected && (
        <span className="ml-2 text-sm font-normal text-slate-500 line-through dark:text-slate-400">{stop.scheduled}</span>
      )}
    </p>
  </div>
);

export default function FlightStatus({ data }: { data: Flight }) {
  const { label, icon: StatusIcon, className } = statuses[data.status];
  const details: [LucideIcon, string, string][] = [
    [DoorOpen, "Gate", data.gate],
    [Armchair, "Seat", data.seat],
    [Luggage, "Baggage", data.baggage],
  ];

  return (
    <div className="w-full max-w-md overflow-hidden rounded-2xl border border-slate-200 bg-white text-slate-900 shadow-sm dark:border-slate-700 dark:bg-slate-900 dark:text-slate-100">
      <div className="flex items-center justify-between bg-gradient-to-r from-indigo-600 to-sky-700 px-5 py-3 text-white">
        <div>
          <p className="text-xs text-indigo-100">{data.airline}</p>
          <p className="font-semibold">{data.number}</p>
        </div>
        <span className={`inline-flex items-center gap-1.5 rounded-full px-3 py-1 text-xs font-semibold ${className} dark:bg-slate-900`}>
          <StatusIcon className="size-3.5" aria-hidden />
          {label}
        </span>
      </div>

      <div className="grid grid-cols-[auto_1fr_auto] items-center gap-4 p-5">
        <Airport stop={data.departure} align="left" />
        <div className="relative h-6">
          <div className="absolute inset-x-0 top-1/2 border-t-2 border-dashed border-slate-300 dark:border-slate-600" />
          <motion.div
            className="absolute top-0 -ml-3 grid size-6 place-items-center rounded-full bg-white text-indigo-600 dark:bg-slate-900 dark:text-indigo-300"
            initial={{ left: "0%" }}
            animate={{ left: `${data.progress * 100}%` }}
            transition={{ duration: 0.6, ease: "easeOut" }}
          >
            <Plane className="size-5 rotate-45" aria-hidden />
          </motion.div>
        </div>
        <Airport stop={data.arrival} align="right" />
      </div>

      <dl className="grid grid-cols-3 gap-px border-t border-slate-200 bg-slate-200 dark:border-slate-700 dark:bg-slate-700">
        {details.map(([Icon, name, value]) => (
          <div key={name} className="bg-white px-5 py-3 dark:bg-slate-900">
            <dt className="flex items-center gap-1 text-xs text-slate-600 dark:text-slate-400">
              <Icon className="size-3.5" aria-hidden />
              {name}
            </dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
