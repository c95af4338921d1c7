import { Button, Dialog, NumberInput, Slider, showToast } from '@openvenue/ui';
import { useState } from 'react';
import type { AccountStore } from '../account/account-store.ts';
import { amountText } from '../amounts.ts';
import type { Instrument } from '../calculation/index.ts';
import { FigureRow } from '../figure-row.tsx';
import { refusalText } from '../refusal-text.ts';
import { useTradingText } from '../texts.ts';

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
    <Dialog
      title={text.leverageDialog.title(props.instrument.symbol)}
      isOpen={props.isOpen}
      onClose={props.onClose}
      closeLabel={text.confirm.close}
    >
      <LeverageForm {...props} />
    </Dialog>
  );
}

function LeverageForm({ store, instrument, leverage, onClose }: LeverageDialogProps) {
  const text = useTradingText();
  const [typed, setTyped] = useState(leverage.toString());
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const value = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : undefined;
  const isValid = value !== undefined && value >= 1 && value <= instrument.maxLeverage;
  const change = (next: string) => {
    setTyped(next);
    setProblem(undefined);
  };
  const save = async () => {
    if (!isValid) return setProblem(text.leverageDialog.range(instrument.maxLeverage));
    setBusy(true);
    try {
      await store.setLeverage(instrument.symbol, value);
      showToast({ tone: 'success', title: text.leverageDialog.done(instrument.symbol, value) });
      onClose();
    } catch (error) {
      setProblem(refusalText(text, error));
    }
    setBusy(false);
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NumberInput
        label={text.leverageDialog.label}
        value={typed}
        onChange={change}
        unit="x"
        inputMode="numeric"
        problem={problem}
      />
      <Slider
        label={text.leverageDialog.label}
        value={isValid ? value : 1}
        min={1}
        max={instrument.maxLeverage}
        hasMarks={false}
        valueText={text.leverageDialog.value(isValid ? value : 1)}
        onChange={(next) => change(next.toString())}
      />
      <dl>
        <FigureRow name={text.leverageDialog.largest}>
          {isValid ? `${amountText(instrument.tiers.capFor(value))} ${instrument.quoteAsset}` : '--'}
        </FigureRow>
      </dl>
      <p className="text-muted">{text.leverageDialog.risk}</p>
      <Button tone="accent" size="large" type="submit" disabled={isBusy}>
        {isBusy ? text.form.sending : text.leverageDialog.save}
      </Button>
    </form>
  );
}
