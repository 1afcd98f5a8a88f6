import { Badge } from '@/components/ui/badge';
import { Table, TableBody, TableCaption, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '@/components/ui/table';

const invoices = [
  ['INV001', 'Paid', 'Credit card', '$250.00'],
  ['INV002', 'Pending', 'Donaudampfschifffahrtsgesellschaft', '$1,150.00'],
  ['INV003', 'Unpaid', 'Bank transfer', '$350.00'],
];

export default function Invoices() {
  return (
    <div>
      <Table>
        <TableCaption>Your latest invoices.</TableCaption>
        <TableHeader>
          <TableRow>
            <TableHead>Invoice</TableHead>
            <TableHead>Status</TableHead>
            <TableHead>Method</TableHead>
            <TableHead style={{ textAlign: 'right' }}>Amount</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {invoices.map(([id, status, method, amount]) => (
            <TableRow key={id} data-state={id === 'INV002' ? 'selected' : undefined}>
              <TableCell style={{ fontWeight: 500 }}>{id}</TableCell>
              <TableCell>
                <Badge variant="outline">{status}</Badge>
              </TableCell>
              <TableCell>{method}</TableCell>
              <TableCell style={{ textAlign: 'right' }}>{amount}</TableCell>
            </TableRow>
          ))}
        </TableBody>
        <TableFooter>
          <TableRow>
            <TableCell colSpan={3}>Total</TableCell>
            <TableCell style={{ textAlign: 'right' }}>$1,750.00</TableCell>
          </TableRow>
        </TableFooter>
      </Table>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>Nothing here</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody />
      </Table>
    </div>
  );
}
