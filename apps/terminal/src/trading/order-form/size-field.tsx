import { NumberInput, Slider } from '@openvenue/ui';
import { ArrowLeftRight } from 'lucide-react';
import { groupDigits } from '../../format/decimal-text.ts';
import {
  type Instrument,
  percentOf,
  percentOfMax,
  quantityMeant,
  type SizeUnit,
  sizeInput,
  typedOrZero,
} from '../calculation/index.ts';
import { useTradingText } from '../text/index.ts';

export interface SizeFieldProps {
  /** As it was typed, in `unit`. */
  readonly value: string;
  readonly unit: SizeUnit;
  readonly onChange: (size: { readonly value: string; readonly unit: SizeUnit }) => void;
  /** At which the quote asset is converted. */
  readonly price: bigint | undefined;
  /** The largest quantity that could be ordered. */
  readonly max: bigint;
  readonly instrument: Instrument;
  readonly problem: string | undefined;
}

/** How much to order, in either asset, and as a share of what is possible. */
export function SizeField({ value, unit, onChange, price, max, instrument, problem }: SizeFieldProps) {
  const { form } = useTradingText();
  const { baseAsset, quoteAsset, stepSize } = instrument;
  const meant = quantityMeant(value, { unit, price, stepSize });
  const quantity = typedOrZero(meant);
  const percent = percentOfMax(quantity, max);
  const [asset, otherUnit] = unit === 'base' ? ([baseAsset, 'quote'] as const) : ([quoteAsset, 'base'] as const);
  const show = (shown: bigint, shownUnit: SizeUnit) =>
    onChange({ value: sizeInput(shown, { unit: shownUnit, price }), unit: shownUnit });
  return (
    <>
      <NumberInput
        label={form.size}
        value={value}
        onChange={(typed) => onChange({ value: typed, unit })}
        problem={problem}
        unit={
          <button
            type="button"
            title={form.sizeUnit}
            aria-label={form.sizeUnitIs(asset)}
            onClick={() => show(quantity, otherUnit)}
            className="flex min-h-6 items-center gap-1 rounded px-0.5 hover:text-text max-sm:min-h-11"
          >
            {asset}
            <ArrowLeftRight aria-hidden className="size-2.5" />
          </button>
        }
      />
      {unit === 'quote' && value !== '' && (
        <p className="-mt-1 text-right text-label text-muted tabular-nums">
          {form.isAbout(`${groupDigits(meant === '' ? '0' : meant)} ${baseAsset}`)}
        </p>
      )}
      <Slider
        label={form.percent}
        value={percent}
        valueText={form.percentOf(percent)}
        disabled={sizeInput(max, { unit: 'base', price }) === ''}
        onChange={(next) => show(percentOf(max, next, stepSize), unit)}
      />
    </>
  );
}
