import { NumberInput, Slider, showToast } from '@openvenue/ui';
import { useState } from 'react';
import type { AccountStore } from '../account/account-store.ts';
import { amountText } from '../amounts.ts';
import type { Instrument } from '../calculation/index.ts';
import { DialogForm, TradingDialog } from '../dialogs/trading-dialog.tsx';
import { FigureRow } from '../figure-row.tsx';
import { refusalOf } from '../refusal-text.ts';
import { useTradingText } from '../text/index.ts';

export interface LeverageDialogProps {
  readonly store: AccountStore;
  readonly instrument: Instrument;
  readonly leverage: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function LeverageDialog(props: LeverageDialogProps) {
  const text = useTradingText();
  return (
    <TradingDialog
      title={text.leverageDialog.title(props.instrument.symbol)}
      isOpen={props.isOpen}
      onClose={props.onClose}
    >
      <LeverageForm {...props} />
    </TradingDialog>
  );
}

function LeverageForm({ store, instrument, leverage, onClose }: LeverageDialogProps) {
  const text = useTradingText();
  const [typed, setTyped] = useState(leverage.toString());
  const value = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : undefined;
  const isValid = value !== undefined && value >= 1 && value <= instrument.maxLeverage;
  const save = () =>
    refusalOf(text, async () => {
      if (value === undefined) return;
      await store.setLeverage(instrument.symbol, value);
      showToast({ tone: 'success', title: text.leverageDialog.done(instrument.symbol, value) });
    });
  return (
    <DialogForm submitLabel={text.leverageDialog.save} tone="accent" isValid={isValid} send={save} onDone={onClose}>
      <NumberInput
        label={text.leverageDialog.label}
        value={typed}
        onChange={setTyped}
        unit="x"
        inputMode="numeric"
        problem={isValid ? undefined : text.leverageDialog.range(instrument.maxLeverage)}
      />
      <Slider
        label={text.leverageDialog.label}
        value={isValid ? value : 1}
        min={1}
        max={instrument.maxLeverage}
        hasMarks={false}
        valueText={text.leverageDialog.value(isValid ? value : 1)}
        onChange={(next) => setTyped(next.toString())}
      />
      <dl>
        <FigureRow name={text.leverageDialog.largest}>
          {isValid ? `${amountText(instrument.tiers.capFor(value))} ${instrument.quoteAsset}` : '--'}
        </FigureRow>
      </dl>
      <p className="text-muted">{text.leverageDialog.risk}</p>
    </DialogForm>
  );
}
