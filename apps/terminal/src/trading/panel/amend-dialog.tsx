import { NumberInput, showToast } from '@openvenue/ui';
import { useState } from 'react';
import { groupDigits } from '../../format/decimal-text.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { OpenOrder } from '../account/open-order.ts';
import { checkOrder, type Instrument, wireDecimal } from '../calculation/index.ts';
import { DialogForm, TradingDialog } from '../dialogs/trading-dialog.tsx';
import { FigureRow } from '../figure-row.tsx';
import { faultText, refusalOf } from '../refusal-text.ts';
import { useTradingText } from '../text/index.ts';

export interface AmendDialogProps {
  readonly store: AccountStore;
  /** Undefined when there is nothing to amend, or the order has ended meanwhile. */
  readonly order: OpenOrder | undefined;
  readonly instrument: Instrument | undefined;
  /** The price to begin with; left out: the order's own. */
  readonly price?: string | undefined;
  readonly onClose: () => void;
}

/** Price and size of an open order, to be changed. */
export function AmendDialog({ store, order, instrument, price, onClose }: AmendDialogProps) {
  const text = useTradingText();
  const isOpen = order !== undefined && instrument !== undefined;
  return (
    <TradingDialog title={text.amend.title(order?.symbol ?? '')} isOpen={isOpen} onClose={onClose}>
      {isOpen && (
        <AmendForm
          key={order.orderId}
          store={store}
          order={order}
          instrument={instrument}
          price={price ?? order.price}
          onClose={onClose}
        />
      )}
    </TradingDialog>
  );
}

interface AmendFormProps {
  readonly store: AccountStore;
  readonly order: OpenOrder;
  readonly instrument: Instrument;
  readonly price: string;
  readonly onClose: () => void;
}

function AmendForm({ store, order, instrument, price: firstPrice, onClose }: AmendFormProps) {
  const text = useTradingText();
  const [price, setPrice] = useState(firstPrice);
  const [quantity, setQuantity] = useState(order.quantity);
  const { symbol, orderId, reduceOnly } = order;
  const { quoteAsset, baseAsset } = instrument;
  const faults = checkOrder({ type: 'LIMIT', price, quantity, onlyCloses: reduceOnly, mark: undefined }, instrument);
  const amend = () =>
    refusalOf(text, async () => {
      await store.move({ symbol, orderId, price: wireDecimal(price), quantity: wireDecimal(quantity) });
      showToast({ tone: 'success', title: text.amend.done });
    });
  return (
    <DialogForm
      submitLabel={text.amend.submit}
      tone="accent"
      isValid={faults.price === undefined && faults.quantity === undefined}
      send={amend}
      onDone={onClose}
    >
      <NumberInput
        label={text.form.price}
        value={price}
        onChange={setPrice}
        unit={quoteAsset}
        problem={faults.price && faultText(text, faults.price, quoteAsset)}
      />
      <NumberInput
        label={text.amend.total}
        value={quantity}
        onChange={setQuantity}
        unit={baseAsset}
        problem={faults.quantity && faultText(text, faults.quantity, baseAsset)}
      />
      <dl>
        {price !== order.price && (
          <FigureRow name={text.amend.before}>{`${groupDigits(order.price)} ${quoteAsset}`}</FigureRow>
        )}
        <FigureRow name={text.amend.filled}>{`${groupDigits(order.filledQuantity)} ${baseAsset}`}</FigureRow>
      </dl>
    </DialogForm>
  );
}
