import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from './class-names.ts';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** The user has closed it: by the cross, by Escape, or beside it. */
  readonly onClose: () => void;
  /** Name of the button that closes it. */
  readonly closeLabel: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** The platform's modal dialog: it keeps the focus inside, gives it back, and makes the page behind it inert. */
export function Dialog({ title, isOpen, onClose, closeLabel, children, className }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open === isOpen) return;
    if (isOpen) element.showModal();
    else element.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself.
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
      className={classNames(
        'm-auto w-[min(380px,calc(100vw-24px))] rounded-lg border border-line bg-panel p-0 text-text backdrop:bg-(--scrim)',
        className,
      )}
    >
      {isOpen && (
        <div className="p-4">
          <div className="mb-3 flex items-center justify-between gap-2">
            <h2 id={titleId} className="text-sm font-semibold">
              {title}
            </h2>
            <button
              type="button"
              aria-label={closeLabel}
              onClick={() => dialog.current?.close()}
              className="flex size-7 items-center justify-center rounded text-muted hover:bg-raised hover:text-text max-sm:size-11"
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
