import { Button, Checkbox, NumberInput, Select, TabList, TabPanel, Tabs } from '@openvenue/ui';
import { useRef, useState } from 'react';
import { useConnection } from '../../market/use-market.ts';
import { useTerminal, useUi } from '../../terminal-context.ts';
import type { AccountStore } from '../account/account-store.ts';
import { amountText } from '../amounts.ts';
import { quantityMeant, type SizeUnit, typedUnits } from '../calculation/index.ts';
import { FigureRow } from '../figure-row.tsx';
import { faultText } from '../refusal-text.ts';
import { sendOrder } from '../send-order.ts';
import { useTradingText } from '../text/index.ts';
import type { OrderType, PlaceOrderBody, Side } from '../venue-types.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import {
  type Draft,
  type DraftContext,
  draftFaults,
  isMakerOnly,
  orderOf,
  paddedPrice,
  sideFigures,
  sliderMax,
  TIMES_IN_FORCE,
  type TimeInForce,
} from './draft.ts';
import { LeverageDialog } from './leverage-dialog.tsx';
import { PriceField } from './price-field.tsx';
import { SideColumn } from './side-column.tsx';
import { SizeField } from './size-field.tsx';
import { useFormIntent } from './use-form-intent.ts';

export interface DraftFormProps {
  readonly store: AccountStore;
  readonly context: DraftContext;
  readonly isStale: boolean;
  readonly lastPrice: string | undefined;
}

const EMPTY: Draft = {
  type: 'LIMIT',
  price: '',
  quantity: '',
  reduceOnly: false,
  makerOnly: false,
  timeInForce: 'GTC',
};

/** Price, quantity and conditions of an order, what each side would cost, and the two buttons that send it. */
export function DraftForm({ store, context, isStale, lastPrice }: DraftFormProps) {
  const text = useTradingText();
  const { host } = useTerminal();
  const connection = useConnection();
  const asks = useUi((state) => state.confirmsOrders);
  const { instrument, leverage, account, levels, mark } = context;
  const last = lastPrice === undefined ? undefined : paddedPrice(lastPrice, instrument);
  const [typed, setTyped] = useState<Draft>({ ...EMPTY, price: last ?? '' });
  const [unit, setUnit] = useState<SizeUnit>('base');
  const [showsFaults, setShowsFaults] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [sending, setSending] = useState<Side>();
  const [asked, setAsked] = useState<PlaceOrderBody>();
  const [isLeverageOpen, setLeverageOpen] = useState(false);
  const buttons = useRef<Partial<Record<Side, HTMLButtonElement | null>>>({});
  const change = (changes: Partial<Draft>) => {
    setTyped((before) => ({ ...before, ...changes }));
    setRefusal(undefined);
  };
  useFormIntent(({ price, side }) => {
    if (price !== undefined) change({ price: paddedPrice(price, instrument), type: 'LIMIT' });
    if (side !== undefined) buttons.current[side]?.focus();
  });

  const price = typed.type === 'MARKET' ? mark : typedUnits(typed.price);
  const quantity = quantityMeant(typed.quantity, { unit, price, stepSize: instrument.stepSize });
  const draft: Draft = { ...typed, quantity };
  const figures = { BUY: sideFigures(draft, 'BUY', context), SELL: sideFigures(draft, 'SELL', context) };
  const faults = draftFaults(draft, context);
  const max = sliderMax(figures.BUY, figures.SELL);
  const isBlind = connection !== 'open' || isStale || !levels.isLive;
  const blocked = !instrument.isTrading ? text.form.notTrading : isBlind ? text.form.stale : undefined;

  const send = async (order: PlaceOrderBody) => {
    setAsked(undefined);
    setSending(order.side);
    const refused = await sendOrder(order, { store, host, text });
    setSending(undefined);
    setRefusal(refused);
    if (refused !== undefined) return;
    setShowsFaults(false);
    setTyped((before) => ({ ...before, quantity: '' }));
  };
  const submit = (side: Side) => {
    setShowsFaults(true);
    setRefusal(undefined);
    if (faults.price !== undefined || faults.quantity !== undefined) return;
    const order = orderOf(draft, side, instrument.symbol);
    if (asks) setAsked(order);
    else void send(order);
  };
  const shownFault = (fault: (typeof faults)['price'], value: string, unit: string) =>
    fault !== undefined && (showsFaults || (value !== '' && fault.fault !== 'zero'))
      ? faultText(text, fault, unit)
      : undefined;

  return (
    <form className="flex flex-col gap-2 p-3" onSubmit={(event) => event.preventDefault()}>
      <div className="grid grid-cols-2 gap-2">
        <span className="flex h-8 items-center justify-center rounded bg-raised text-muted max-sm:h-11">
          <span className="sr-only">{text.form.marginMode}: </span>
          {text.form.cross}
        </span>
        <Button className="max-sm:h-11" onClick={() => setLeverageOpen(true)}>
          <span className="sr-only">{text.form.leverage}: </span>
          {leverage}x
        </Button>
      </div>
      <Tabs<OrderType> value={draft.type} onChange={(type) => change({ type })} className="flex flex-col gap-2">
        <div className="flex items-center justify-between border-b border-line">
          <TabList<OrderType>
            label={text.form.type}
            className="-ml-1"
            items={[
              { value: 'LIMIT', label: text.form.limit },
              { value: 'MARKET', label: text.form.market },
            ]}
          />
          {draft.type === 'LIMIT' && (
            <Select<TimeInForce>
              label={text.form.timeInForce}
              value={draft.timeInForce}
              onChange={(timeInForce) => change({ timeInForce })}
              options={TIMES_IN_FORCE.map((value) => ({ value, label: value }))}
            />
          )}
        </div>
        <TabPanel value={draft.type} className="flex flex-col gap-2">
          <dl>
            <FigureRow name={text.form.available}>
              {`${amountText(account.atMarks.available)} ${instrument.quoteAsset}`}
            </FigureRow>
          </dl>
          {draft.type === 'LIMIT' ? (
            <PriceField
              value={draft.price}
              onChange={(next) => change({ price: next })}
              problem={shownFault(faults.price, draft.price, instrument.quoteAsset)}
              unit={instrument.quoteAsset}
              lastPrice={last}
            />
          ) : (
            <NumberInput label={text.form.price} value={text.form.marketPrice} onChange={() => undefined} disabled />
          )}
          <SizeField
            value={typed.quantity}
            unit={unit}
            onChange={(size) => {
              setUnit(size.unit);
              change({ quantity: size.value });
            }}
            price={price}
            max={max}
            instrument={instrument}
            problem={shownFault(faults.quantity, draft.quantity, instrument.baseAsset)}
          />
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <Checkbox checked={draft.reduceOnly} onChange={(reduceOnly) => change({ reduceOnly })}>
              {text.form.reduceOnly}
            </Checkbox>
            {draft.type === 'LIMIT' && (
              <Checkbox
                checked={isMakerOnly(draft)}
                disabled={draft.timeInForce !== 'GTC'}
                onChange={(makerOnly) => change({ makerOnly })}
              >
                {text.form.makerOnly}
              </Checkbox>
            )}
          </div>
          {blocked !== undefined && (
            <p role="status" className="rounded bg-warn-surface p-2 text-warn">
              {blocked}
            </p>
          )}
          {refusal !== undefined && (
            <p role="alert" className="rounded border border-danger p-2 text-danger">
              <strong className="font-semibold">{text.refusals.title}.</strong> {refusal}
            </p>
          )}
          <div className="grid grid-cols-2 gap-2">
            {(['BUY', 'SELL'] as const).map((side) => (
              <div key={side} className="flex min-w-0 flex-col gap-2">
                <Button
                  ref={(element) => {
                    buttons.current[side] = element;
                  }}
                  tone={side === 'BUY' ? 'up' : 'down'}
                  size="large"
                  disabled={
                    blocked !== undefined || sending !== undefined || (draft.reduceOnly && !figures[side].canReduce)
                  }
                  onClick={() => submit(side)}
                >
                  {sending === side ? text.form.sending : side === 'BUY' ? text.form.buy : text.form.sell}
                </Button>
                <SideColumn figures={figures[side]} instrument={instrument} />
              </div>
            ))}
          </div>
          {draft.reduceOnly && !figures.BUY.canReduce && !figures.SELL.canReduce && (
            <p className="text-label text-muted">{text.faults.nothingToReduce}</p>
          )}
        </TabPanel>
      </Tabs>
      <LeverageDialog
        store={store}
        instrument={instrument}
        leverage={leverage}
        isOpen={isLeverageOpen}
        onClose={() => setLeverageOpen(false)}
      />
      <ConfirmDialog
        order={asked}
        preview={asked === undefined ? undefined : figures[asked.side].preview}
        instrument={instrument}
        onConfirm={(order) => void send(order)}
        onClose={() => setAsked(undefined)}
      />
    </form>
  );
}
