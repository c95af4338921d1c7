import { showToast } from '@openvenue/ui';
import type { AccountStore } from '../account/account-store.ts';
import { AskingButton } from '../dialogs/asking-button.tsx';
import { refusalOf } from '../refusal-text.ts';
import { useTradingText } from '../text/index.ts';

export interface CancelAllProps {
  readonly store: AccountStore;
  /** Only this symbol; undefined: all of them. */
  readonly symbol: string | undefined;
  readonly count: number;
}

/** Cancels all open orders after a question. */
export function CancelAll({ store, symbol, count }: CancelAllProps) {
  const text = useTradingText();
  const cancelAll = async () => {
    const refusal = await refusalOf(text, () => store.cancelAll(symbol));
    if (refusal !== undefined) showToast({ tone: 'error', title: text.cancel.refused, detail: refusal });
  };
  return (
    <AskingButton
      label={text.cancel.all}
      title={text.cancel.allTitle}
      question={text.cancel.allQuestion(count)}
      disabled={count === 0}
      onConfirm={() => void cancelAll()}
    />
  );
}
