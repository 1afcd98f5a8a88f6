import { Accordion, AccordionContent, AccordionItem, AccordionTrigger } from '@/components/ui/accordion';

const questions = [
  ['shipping', 'When is it shipped?', 'On the next working day. You get the number of the parcel by mail.'],
  ['return', 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen: can it be returned?', 'Yes, within 30 days.'],
  ['gift', 'Can it be wrapped as a gift?', 'Yes. Choose the paper at the checkout.'],
];

export default function Questions() {
  return (
    <div>
      <Accordion type="single" collapsible defaultValue="shipping">
        {questions.map(([id, question, answer]) => (
          <AccordionItem key={id} value={id}>
            <AccordionTrigger>{question}</AccordionTrigger>
            <AccordionContent>{answer}</AccordionContent>
          </AccordionItem>
        ))}
        <AccordionItem value="closed" disabled>
          <AccordionTrigger>Not available</AccordionTrigger>
          <AccordionContent>Never shown.</AccordionContent>
        </AccordionItem>
      </Accordion>
      <Accordion type="multiple" />
    </div>
  );
}
