async function validateAndCreate(widgetData) {
  // Validate first
  const validation = await axios.post(
    `${BASE_URL}/widget/validate`,
    {
      schema: widgetData.schema,
      component: widgetData.component
    },
    { headers: { Authorization: `Bearer ${API_KEY}` } }
  );

  if (!validation.data.data.valid) {
    console.error('Validation failed:', validation.data.data.errors);
    return;
  }

  // Create if valid
  const widget = await axios.post(
    `${BASE_URL}/widget`,
    widgetData,
    { headers: { Authorization: `Bearer ${API_KEY}` } }
  );

  console.log('Widget created:', widget.data.data.id);
}
