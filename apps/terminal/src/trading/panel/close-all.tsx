import { formatDecimal } from '@openvenue/money';
import { showToast } from '@openvenue/ui';
import { useTerminal } from '../../terminal-context.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { LivePosition } from '../account/live-account.ts';
import { absolute, isLong } from '../calculation/index.ts';
import { AskingButton } from '../dialogs/asking-button.tsx';
import { sendOrder } from '../send-order.ts';
import { useTradingText } from '../text/index.ts';

export interface CloseAllProps {
  readonly store: AccountStore;
  readonly positions: readonly LivePosition[];
  readonly disabled: boolean;
}

/** Closes all positions that are shown at the market after a question. Each is an order of its own; one refused stops no other. */
export function CloseAll({ store, positions, disabled }: CloseAllProps) {
  const text = useTradingText();
  const { host } = useTerminal();
  const close = async ({ instrument, position }: LivePosition) => {
    const refusal = await sendOrder(
      {
        symbol: instrument.symbol,
        type: 'MARKET',
        side: isLong(position) ? 'SELL' : 'BUY',
        quantity: formatDecimal(absolute(position.quantity)),
        reduceOnly: true,
      },
      { store, host, text },
    );
    if (refusal === undefined) return;
    showToast({ tone: 'error', title: text.close.allRefused(instrument.symbol), detail: refusal });
  };
  return (
    <AskingButton
      label={text.close.all}
      title={text.close.allTitle}
      question={text.close.allQuestion(positions.length)}
      disabled={disabled || positions.length === 0}
      onConfirm={() => positions.forEach((position) => void close(position))}
    />
  );
}
