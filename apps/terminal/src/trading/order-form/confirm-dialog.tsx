import { Button, Checkbox } from '@openvenue/ui';
import { useState } from 'react';
import { groupDigits } from '../../format/decimal-text.ts';
import { useTerminal } from '../../terminal-context.ts';
import { amountText } from '../amounts.ts';
import type { Instrument, OrderPreview } from '../calculation/index.ts';
import { TradingDialog } from '../dialogs/trading-dialog.tsx';
import { FigureRow } from '../figure-row.tsx';
import { useTradingText } from '../text/index.ts';
import type { PlaceOrderBody } from '../venue-types.ts';
import { liquidationText } from './side-column.tsx';

export interface ConfirmDialogProps {
  /** The order that waits for the user's word; undefined when there is none. */
  readonly order: PlaceOrderBody | undefined;
  readonly preview?: OrderPreview | undefined;
  readonly instrument: Instrument;
  readonly onConfirm: (order: PlaceOrderBody) => void;
  readonly onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { order, onClose } = props;
  const text = useTradingText();
  return (
    <TradingDialog title={text.confirm.title} isOpen={order !== undefined} onClose={onClose}>
      {order !== undefined && <Confirmation {...props} order={order} />}
    </TradingDialog>
  );
}

function Confirmation(props: ConfirmDialogProps & { readonly order: PlaceOrderBody }) {
  const { order, preview, instrument, onConfirm, onClose } = props;
  const text = useTradingText();
  const { ui } = useTerminal();
  const [isLast, setLast] = useState(false);
  const isBuy = order.side === 'BUY';
  const confirm = () => {
    if (isLast) ui.setState({ confirmsOrders: false });
    onConfirm(order);
  };
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-1.5">
        <FigureRow name={text.columns.symbol}>{order.symbol}</FigureRow>
        <FigureRow name={text.columns.side} className={isBuy ? 'text-up' : 'text-down'}>
          {isBuy ? text.form.buy : text.form.sell}
        </FigureRow>
        <FigureRow name={text.form.price}>
          {order.price === undefined ? text.form.marketPrice : `${groupDigits(order.price)} ${instrument.quoteAsset}`}
        </FigureRow>
        <FigureRow name={text.form.size}>{`${groupDigits(order.quantity ?? '')} ${instrument.baseAsset}`}</FigureRow>
        {(order.reduceOnly === true || order.makerOnly === true) && (
          <FigureRow name={text.columns.type}>
            {order.reduceOnly === true ? text.form.reduceOnly : text.form.makerOnly}
          </FigureRow>
        )}
        {preview !== undefined && (
          <>
            <FigureRow name={text.form.cost}>{`${amountText(preview.cost)} ${instrument.quoteAsset}`}</FigureRow>
            <FigureRow name={text.form.fee}>{`${amountText(preview.fee)} ${instrument.quoteAsset}`}</FigureRow>
            <FigureRow name={text.form.liquidation}>
              {liquidationText(preview.liquidationPrice, instrument, text.form.none)}
            </FigureRow>
          </>
        )}
      </dl>
      <Checkbox checked={isLast} onChange={setLast}>
        {text.confirm.doNotAsk}
      </Checkbox>
      <div className="grid grid-cols-2 gap-2">
        <Button size="large" onClick={onClose}>
          {text.confirm.cancel}
        </Button>
        <Button size="large" tone={isBuy ? 'up' : 'down'} onClick={confirm}>
          {text.confirm.send}
        </Button>
      </div>
    </div>
  );
}
