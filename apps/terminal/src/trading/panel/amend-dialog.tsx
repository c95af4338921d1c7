import { Button, Dialog, NumberInput, showToast } from '@openvenue/ui';
import { useState } from 'react';
import { groupDigits } from '../../format/decimal-text.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { OpenOrder } from '../account/open-order.ts';
import { checkOrder, type Instrument, wireDecimal } from '../calculation/index.ts';
import { FigureRow } from '../figure-row.tsx';
import { faultText, refusalText } from '../refusal-text.ts';
import { useTradingText } from '../texts.ts';

export interface AmendDialogProps {
  readonly store: AccountStore;
  /** Undefined when there is nothing to amend, or the order has ended meanwhile. */
  readonly order: OpenOrder | undefined;
  readonly instrument: Instrument | undefined;
  readonly onClose: () => void;
}

export function AmendDialog({ store, order, instrument, onClose }: AmendDialogProps) {
  const text = useTradingText();
  const isOpen = order !== undefined && instrument !== undefined;
  return (
    <Dialog
      title={text.amend.title(order?.symbol ?? '')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={text.confirm.close}
    >
      {isOpen && (
        <AmendForm key={order.orderId} store={store} order={order} instrument={instrument} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface AmendFormProps {
  readonly store: AccountStore;
  readonly order: OpenOrder;
  readonly instrument: Instrument;
  readonly onClose: () => void;
}

function AmendForm({ store, order, instrument, onClose }: AmendFormProps) {
  const text = useTradingText();
  const [price, setPrice] = useState(order.price);
  const [quantity, setQuantity] = useState(order.quantity);
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const faults = checkOrder(
    { type: 'LIMIT', price, quantity, onlyCloses: order.reduceOnly, mark: undefined },
    instrument,
  );
  const amend = async () => {
    if (faults.price !== undefined || faults.quantity !== undefined) return;
    setBusy(true);
    try {
      const { symbol, orderId } = order;
      await store.move({ symbol, orderId, price: wireDecimal(price), quantity: wireDecimal(quantity) });
      showToast({ tone: 'success', title: text.amend.done });
      onClose();
    } catch (error) {
      setRefusal(refusalText(text, error));
    }
    setBusy(false);
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void amend();
      }}
    >
      <NumberInput
        label={text.form.price}
        value={price}
        onChange={setPrice}
        unit={instrument.quoteAsset}
        problem={faults.price && faultText(text, faults.price, instrument.quoteAsset)}
      />
      <NumberInput
        label={text.amend.total}
        value={quantity}
        onChange={setQuantity}
        unit={instrument.baseAsset}
        problem={faults.quantity && faultText(text, faults.quantity, instrument.baseAsset)}
      />
      <dl>
        <FigureRow name={text.amend.filled}>{`${groupDigits(order.filledQuantity)} ${instrument.baseAsset}`}</FigureRow>
      </dl>
      {refusal !== undefined && (
        <p role="alert" className="rounded border border-danger p-2 text-danger">
          {refusal}
        </p>
      )}
      <Button type="submit" tone="accent" size="large" disabled={isBusy}>
        {isBusy ? text.form.sending : text.amend.submit}
      </Button>
    </form>
  );
}
