// Unusual data for the pre-built widgets: empty, long, many items, impossible.

const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const WORD = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik';
const clock = (hour) => `${String(hour).padStart(2, '0')}:00`;
const DAY = { location: 'Lisbon', date: '2025-10-20', condition: 'rain', unit: 'C', high: 20, low: 11 };

export const EMPTY = {
  'sales-funnel-progress': { stages: [] },
  'shopping-cart-summary': { currency: 'USD', items: [] },
  'skills-comparison-radar': { skills: [], profiles: [] },
  'support-ticket-overview': { tickets: [] },
  'task-kanban': { columns: [] },
  'user-growth-line-chart': { points: [] },
  'weather-daily-highlight': { ...DAY, hours: [] },
};

export const LONG = {
  'sales-funnel-progress': {
    title: WORD,
    stages: [
      { name: `${WORD} ${WORD.slice(0, 20)}`, count: 1e12, value: '9'.repeat(40), conversionRate: 0.5 },
      { name: WORD, count: 5e11 },
    ],
  },
  'shopping-cart-summary': {
    title: WORD,
    currency: 'IDR',
    items: [{ name: `${WORD} ${WORD}`, variant: WORD, quantity: 999_999, unitPrice: 999_999_999 }],
    discount: 123_456_789_012,
    discountLabel: 'A'.repeat(40),
    note: WORD,
  },
  'skills-comparison-radar': {
    title: WORD,
    skills: many(12, (index) => `${WORD.slice(0, 40)} ${index} and more`),
    profiles: many(3, (index) => ({ name: `${index}${WORD}`, scores: many(12, (skill) => 900_000 + skill) })),
  },
  'support-ticket-overview': {
    title: WORD,
    period: WORD,
    totals: { open: 999_999_999, pending: 12_345_678, resolved: 1e9 },
    firstResponseMinutes: 9_999_999,
    satisfaction: 0.9999,
    tickets: [{ id: 'A'.repeat(40), subject: `${WORD}${WORD}`, status: 'pending', priority: 'urgent', customer: WORD, assignee: WORD }],
  },
  'task-kanban': {
    title: WORD,
    columns: many(4, () => ({
      name: WORD,
      limit: 1000,
      tasks: [{ title: `${WORD} ${WORD}`, priority: 'high', labels: many(5, () => 'B'.repeat(30)), assignee: WORD, dueDate: '2025-12-30' }],
    })),
  },
  'user-growth-line-chart': {
    title: WORD,
    points: [
      { date: '2025-01-01', users: 999_999_999_999, activeUsers: 1 },
      { date: '2025-06-01', users: 1e12 },
    ],
  },
  'weather-daily-highlight': {
    ...DAY,
    location: `${WORD} ${WORD}`,
    summary: WORD,
    high: -120,
    low: -150,
    wind: 'W'.repeat(40),
    precipitationChance: 1,
    humidity: 1,
    uvIndex: 49.55,
    hours: many(24, (hour) => ({ time: clock(hour).replace('00', '30'), temperature: -100, condition: 'thunderstorm' })),
  },
};

/** Lists of more than 20 items, each with the selector of an item and their number. */
export const MANY = {
  'shopping-cart-summary': {
    data: { currency: 'EUR', items: many(25, (index) => ({ name: `Item ${index}`, quantity: 1, unitPrice: 1 })) },
    items: '.wgt-cart-item',
    all: 25,
  },
  'support-ticket-overview': {
    data: { tickets: many(50, (index) => ({ id: `T-${index}`, subject: 'Printer', status: 'open' })) },
    items: '.wgt-tickets-item',
    all: 50,
  },
  'task-kanban': {
    data: { columns: [{ name: 'A', tasks: many(30, (index) => ({ title: `Task ${index}` })) }] },
    items: '[data-task]',
    all: 30,
  },
  'user-growth-line-chart': {
    data: { points: many(28, (index) => ({ date: `2025-02-${String(index + 1).padStart(2, '0')}`, users: index })) },
    items: 'tbody tr',
    all: 28,
  },
  'weather-daily-highlight': {
    data: { ...DAY, hours: many(24, (hour) => ({ time: clock(hour), temperature: hour })) },
    items: '.wgt-weather-hour',
    all: 24,
  },
};

export const FLAWED = {
  'a stage with more deals than the one before, and a rate that the counts contradict': {
    key: 'sales-funnel-progress',
    data: {
      stages: [
        { name: 'Leads', count: 100, conversionRate: 0.9 },
        { name: 'Won', count: 130 },
      ],
    },
    says: ['Won has more deals than Leads', 'the counts give 130%'],
  },
  'a discount past the amount': {
    key: 'shopping-cart-summary',
    data: { currency: 'EUR', items: [{ name: 'Cup', quantity: 1, unitPrice: 10 }], discount: 50 },
    says: ['The discount is more than the amount due.', '€0.00'],
    never: '-€40',
  },
  'scores past the maximum and without a skill': {
    key: 'skills-comparison-radar',
    data: {
      maxScore: 10,
      skills: ['React', 'CSS', 'Testing'],
      profiles: [
        { name: 'Ada', scores: [12, 5] },
        { name: 'Bob', scores: [1, 2, 3, 4] },
      ],
    },
    says: ['Past the maximum of 10: Ada, React (12)', 'More scores than skills: Bob'],
  },
  'fewer tickets counted than listed, dates and times that do not exist': {
    key: 'support-ticket-overview',
    data: {
      totals: { open: 0 },
      tickets: [
        { id: 'A', subject: 'x', status: 'open', updatedAt: '2025-02-30' },
        { id: 'B', subject: 'y', status: 'open', updatedAt: '2025-02-10T99:99Z' },
      ],
    },
    says: ['Listed below: 2', '2025-02-30 (no such date)', '2025-02-10T99:99Z (no such date)'],
    never: 'Mar',
  },
  'a due date that does not exist': {
    key: 'task-kanban',
    data: {
      columns: [
        {
          name: 'A',
          limit: 1,
          tasks: [
            { title: 'a', dueDate: '2025-02-30' },
            { title: 'b', dueDate: '2025-13-01' },
          ],
        },
      ],
    },
    says: ['2025-02-30 (no such date)', '2025-13-01 (no such date)', 'over limit'],
  },
  'points of dates that do not exist, more active users than users': {
    key: 'user-growth-line-chart',
    data: {
      points: [
        { date: '2025-02-30', users: 20 },
        { date: '2025-03-01', users: 30, activeUsers: 50 },
      ],
    },
    says: ['Not in the chart, no such date: 2025-02-30', 'More active users than users: Mar 1, 2025'],
    never: 'Mar 2',
  },
  'a day and a time that do not exist, a high below the low': {
    key: 'weather-daily-highlight',
    data: { ...DAY, date: '2025-02-30', high: 5, low: 12, sunrise: '27:61' },
    says: ['2025-02-30 (no such date)', 'The high is below the low.', '27:61 (no such time)'],
  },
};
