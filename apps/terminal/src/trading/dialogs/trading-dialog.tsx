import { Button, type ButtonTone, Dialog } from '@openvenue/ui';
import { type ReactNode, useState } from 'react';
import { useTradingText } from '../text/index.ts';

export interface TradingDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Made anew with each opening, so that a form begins with what holds then. */
  readonly children: ReactNode;
}

/** The frame of every question and small form over the screen. */
export function TradingDialog({ title, isOpen, onClose, children }: TradingDialogProps) {
  const text = useTradingText();
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} closeLabel={text.confirm.close}>
      {isOpen && children}
    </Dialog>
  );
}

export interface DialogFormProps {
  readonly submitLabel: string;
  readonly tone: ButtonTone;
  /** A form with a fault is not sent; its fields say what is wrong. */
  readonly isValid: boolean;
  /** Resolves to why the venue refused, in words; undefined when it is done. */
  readonly send: () => Promise<string | undefined>;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** Fields of a dialog with the button that sends them, and what the venue has against them. */
export function DialogForm({ submitLabel, tone, isValid, send, onDone, children }: DialogFormProps) {
  const text = useTradingText();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    if (!isValid || isBusy) return;
    setBusy(true);
    const refused = await send();
    setBusy(false);
    setRefusal(refused);
    if (refused === undefined) onDone();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {refusal !== undefined && (
        <p role="alert" className="rounded border border-danger p-2 text-danger">
          {refusal}
        </p>
      )}
      <Button type="submit" size="large" tone={tone} disabled={isBusy}>
        {isBusy ? text.form.sending : submitLabel}
      </Button>
    </form>
  );
}
