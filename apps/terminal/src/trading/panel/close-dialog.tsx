import { formatDecimal } from '@openvenue/money';
import { NumberInput, Slider } from '@openvenue/ui';
import { useState } from 'react';
import { useTerminal } from '../../terminal-context.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { LivePosition } from '../account/live-account.ts';
import { signedAmountText, toneClass } from '../amounts.ts';
import {
  absolute,
  checkOrder,
  closingPnl,
  isLong,
  percentOf,
  percentOfMax,
  typedOrZero,
  wireDecimal,
} from '../calculation/index.ts';
import { DialogForm, TradingDialog } from '../dialogs/trading-dialog.tsx';
import { FigureRow } from '../figure-row.tsx';
import { faultText } from '../refusal-text.ts';
import { sendOrder } from '../send-order.ts';
import { useTradingText } from '../text/index.ts';
import type { OrderType } from '../venue-types.ts';

/** Which position is to be closed, and how. */
export interface ClosingOrder {
  readonly symbol: string;
  readonly type: OrderType;
}

export interface CloseDialogProps {
  readonly store: AccountStore;
  readonly closing: ClosingOrder | undefined;
  /** Undefined when the position has gone meanwhile. */
  readonly held: LivePosition | undefined;
  readonly onClose: () => void;
}

export function CloseDialog({ store, closing, held, onClose }: CloseDialogProps) {
  const text = useTradingText();
  const isOpen = closing !== undefined && held !== undefined;
  return (
    <TradingDialog title={text.close.title(closing?.symbol ?? '')} isOpen={isOpen} onClose={onClose}>
      {isOpen && <CloseForm store={store} type={closing.type} held={held} onClose={onClose} />}
    </TradingDialog>
  );
}

interface CloseFormProps {
  readonly store: AccountStore;
  readonly type: OrderType;
  readonly held: LivePosition;
  readonly onClose: () => void;
}

function CloseForm({ store, type, held, onClose }: CloseFormProps) {
  const text = useTradingText();
  const { host } = useTerminal();
  const { instrument, position, mark } = held;
  const size = absolute(position.quantity);
  const [price, setPrice] = useState(() => formatDecimal(mark));
  const [quantity, setQuantity] = useState(() => formatDecimal(size));
  const side = isLong(position) ? 'SELL' : 'BUY';
  const faults = checkOrder({ type, price, quantity, onlyCloses: true, mark }, instrument);
  const typed = typedOrZero(quantity);
  const realizedPnl = closingPnl(position, typed, type === 'LIMIT' ? typedOrZero(price) : mark);
  const close = () => {
    const order = { symbol: instrument.symbol, side, quantity: wireDecimal(quantity), reduceOnly: true } as const;
    return sendOrder(type === 'LIMIT' ? { ...order, type, price: wireDecimal(price) } : { ...order, type }, {
      store,
      host,
      text,
    });
  };
  return (
    <DialogForm
      submitLabel={text.close.submit}
      tone={side === 'BUY' ? 'up' : 'down'}
      isValid={faults.price === undefined && faults.quantity === undefined}
      send={close}
      onDone={onClose}
    >
      {type === 'LIMIT' ? (
        <NumberInput
          label={text.form.price}
          value={price}
          onChange={setPrice}
          unit={instrument.quoteAsset}
          problem={faults.price && faultText(text, faults.price, instrument.quoteAsset)}
        />
      ) : (
        <dl>
          <FigureRow name={text.form.price}>{text.form.marketPrice}</FigureRow>
        </dl>
      )}
      <NumberInput
        label={text.close.size}
        value={quantity}
        onChange={setQuantity}
        unit={instrument.baseAsset}
        problem={faults.quantity && faultText(text, faults.quantity, instrument.baseAsset)}
      />
      <Slider
        label={text.close.size}
        value={percentOfMax(typed, size)}
        valueText={`${percentOfMax(typed, size)} %`}
        onChange={(percent) => setQuantity(formatDecimal(percentOf(size, percent, instrument.stepSize)))}
      />
      <dl>
        <FigureRow name={text.columns.realized} className={toneClass(realizedPnl)}>
          {`${signedAmountText(realizedPnl)} ${instrument.quoteAsset}`}
        </FigureRow>
      </dl>
    </DialogForm>
  );
}
