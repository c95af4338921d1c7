import type { TradingText } from '../text/index.ts';

/** Why a rule has ended or cut an order, in words; undefined when none has. */
export function endReasonText({ endReasons }: TradingText, reason: string | undefined): string | undefined {
  if (reason === undefined || reason === '') return undefined;
  return reason in endReasons ? endReasons[reason as keyof typeof endReasons] : reason;
}
