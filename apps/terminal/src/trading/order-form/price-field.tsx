import { Button, NumberInput } from '@openvenue/ui';
import { useBestPrices } from '../../market/use-market.ts';
import { useTradingText } from '../text/index.ts';

export interface PriceFieldProps {
  readonly value: string;
  readonly onChange: (price: string) => void;
  readonly problem: string | undefined;
  readonly unit: string;
  readonly lastPrice: string | undefined;
}

/** The price of a limit order, with the prices of now at hand. */
export function PriceField({ value, onChange, problem, unit, lastPrice }: PriceFieldProps) {
  const { form } = useTradingText();
  const { bid, ask } = useBestPrices();
  const quick = [
    { label: form.bestBid, hint: form.bestBidHint, price: bid },
    { label: form.last, hint: form.lastHint, price: lastPrice },
    { label: form.bestAsk, hint: form.bestAskHint, price: ask },
  ];
  return (
    <div className="flex flex-col gap-1">
      <NumberInput label={form.price} value={value} onChange={onChange} problem={problem} unit={unit} />
      <div className="grid grid-cols-3 gap-1">
        {quick.map(({ label, hint, price }) => (
          <Button
            key={label}
            size="small"
            className="text-label font-normal text-muted max-sm:h-11"
            title={hint}
            disabled={price === undefined}
            onClick={() => price !== undefined && onChange(price)}
          >
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
