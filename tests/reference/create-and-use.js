const axios = require('axios');

const API_KEY = 'your_api_key';
const BASE_URL = 'https://api.cognipeer.com/api/v1';

async function createAndUseWidget() {
  // 1. Create widget
  const widget = await axios.post(`${BASE_URL}/widget`, {
    key: 'my-chart',
    name: 'Custom Chart',
    description: 'A custom chart widget',
    category: 'analytics',
    schema: {
      type: 'object',
      properties: {
        data: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              label: { type: 'string' },
              value: { type: 'number' }
            }
          }
        }
      },
      required: ['data']
    },
    component: `
      function CustomChart({ data }) {
        return (
          <div>
            {data.data.map((item, i) => (
              <div key={i}>
                {item.label}: {item.value}
              </div>
            ))}
          </div>
        );
      }
      export default CustomChart;
    `
  }, {
    headers: { Authorization: `Bearer ${API_KEY}` }
  });

  const widgetId = widget.data.data.id;

  // 2. Add to peer
  await axios.post(`${BASE_URL}/peer/peer_123/widgets`, {
    widgetId,
    enabled: true
  }, {
    headers: { Authorization: `Bearer ${API_KEY}` }
  });

  // 3. Send widget in conversation
  await axios.post(`${BASE_URL}/conversation/conv_456/message`, {
    type: 'widget',
    widgetKey: 'my-chart',
    data: {
      data: [
        { label: 'Q1', value: 100 },
        { label: 'Q2', value: 150 },
        { label: 'Q3', value: 200 }
      ]
    },
    text: 'Here are your quarterly results'
  }, {
    headers: { Authorization: `Bearer ${API_KEY}` }
  });
}

createAndUseWidget();
