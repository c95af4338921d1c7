import { classNames } from '@openvenue/ui';
import { NO_VALUE } from '../../format/decimal-text.ts';
import { amountText, priceText, quantityText } from '../amounts.ts';
import type { Instrument } from '../calculation/index.ts';
import { FigureRow } from '../figure-row.tsx';
import { useTradingText } from '../text/index.ts';
import type { SideFigures } from './draft.ts';

/** Cost, largest quantity, fee and liquidation price of one side. */
export function SideColumn({
  figures,
  instrument,
}: {
  readonly figures: SideFigures;
  readonly instrument: Instrument;
}) {
  const { form } = useTradingText();
  const { preview, max, isUnaffordable } = figures;
  return (
    <dl className="flex min-w-0 flex-col gap-0.5 text-label">
      <FigureRow name={form.cost} className={classNames(isUnaffordable && 'text-danger')}>
        {preview === undefined ? NO_VALUE : amountText(preview.cost)}
      </FigureRow>
      <FigureRow name={form.max}>{quantityText(max, instrument)}</FigureRow>
      <FigureRow name={form.fee}>{preview === undefined ? NO_VALUE : amountText(preview.fee)}</FigureRow>
      <FigureRow name={form.liquidation}>
        {preview === undefined ? NO_VALUE : liquidationText(preview.liquidationPrice, instrument, form.none)}
      </FigureRow>
    </dl>
  );
}

/** A position that no price can liquidate has no liquidation price, in words. */
export const liquidationText = (price: bigint | undefined, instrument: Instrument, none: string): string =>
  price === undefined ? none : priceText(price, instrument);
