import { Button, Dialog, showToast } from '@openvenue/ui';
import { useState } from 'react';
import type { AccountStore } from '../account/account-store.ts';
import { refusalText } from '../refusal-text.ts';
import { useTradingText } from '../texts.ts';

export interface CancelAllProps {
  readonly store: AccountStore;
  /** Only this symbol; undefined: all of them. */
  readonly symbol: string | undefined;
  readonly count: number;
}

/** Cancels all open orders after a question. */
export function CancelAll({ store, symbol, count }: CancelAllProps) {
  const text = useTradingText();
  const [isAsking, setAsking] = useState(false);
  const cancelAll = () => {
    setAsking(false);
    store.cancelAll(symbol).catch((error: unknown) => {
      showToast({ tone: 'error', title: text.cancel.refused, detail: refusalText(text, error) });
    });
  };
  return (
    <>
      <Button size="small" tone="plain" className="max-sm:h-11" disabled={count === 0} onClick={() => setAsking(true)}>
        {text.cancel.all}
      </Button>
      <Dialog
        title={text.cancel.allTitle}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        closeLabel={text.confirm.close}
      >
        <div className="flex flex-col gap-3">
          <p>{text.cancel.allQuestion(count)}</p>
          <div className="grid grid-cols-2 gap-2">
            <Button size="large" onClick={() => setAsking(false)}>
              {text.confirm.cancel}
            </Button>
            <Button size="large" tone="accent" onClick={cancelAll}>
              {text.cancel.all}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
