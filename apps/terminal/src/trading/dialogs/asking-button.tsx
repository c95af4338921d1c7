import { Button } from '@openvenue/ui';
import { useState } from 'react';
import { useTradingText } from '../text/index.ts';
import { TradingDialog } from './trading-dialog.tsx';

export interface AskingButtonProps {
  readonly label: string;
  readonly title: string;
  readonly question: string;
  readonly disabled: boolean;
  readonly onConfirm: () => void;
}

/** A button for what touches many rows at once: it asks before it does. */
export function AskingButton({ label, title, question, disabled, onConfirm }: AskingButtonProps) {
  const text = useTradingText();
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const confirm = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <Button size="small" tone="plain" className="max-sm:h-11" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <TradingDialog title={title} isOpen={isAsking} onClose={close}>
        <div className="flex flex-col gap-3">
          <p>{question}</p>
          <div className="grid grid-cols-2 gap-2">
            <Button size="large" onClick={close}>
              {text.confirm.cancel}
            </Button>
            <Button size="large" tone="accent" onClick={confirm}>
              {label}
            </Button>
          </div>
        </div>
      </TradingDialog>
    </>
  );
}
