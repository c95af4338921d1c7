import { useEffect, useEffectEvent } from 'react';
import type { FormIntent } from '../../form-intent/form-intent.ts';
import { useTerminal } from '../../terminal-context.ts';

/** Takes what other parts of the screen ask of the form, once each, also what was asked before the form was there. */
export function useFormIntent(take: (intent: FormIntent) => void): void {
  const { formIntent } = useTerminal();
  const onIntent = useEffectEvent(take);
  useEffect(() => {
    const consume = () => {
      const { intent } = formIntent.getState();
      if (intent === undefined) return;
      formIntent.setState({ intent: undefined });
      onIntent(intent);
    };
    consume();
    return formIntent.subscribe(consume);
  }, [formIntent]);
}
