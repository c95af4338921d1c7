import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { classNames } from './class-names.ts';

export type ToastTone = 'info' | 'success' | 'error';

export interface Toast {
  readonly tone: ToastTone;
  readonly title: string;
  readonly detail?: string;
}

interface ShownToast extends Toast {
  readonly id: number;
}

/** Older ones make room. */
export const TOASTS_MAX = 4;
/** Errors stay until they are closed. */
export const TOAST_MS = 5_000;

let shown: readonly ShownToast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly ShownToast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function dismiss(id: number): void {
  change(shown.filter((toast) => toast.id !== id));
}

/** Tells the user of something that has happened. */
export function showToast(toast: Toast): void {
  const id = nextId;
  nextId += 1;
  change([...shown, { ...toast, id }].slice(-TOASTS_MAX));
  if (toast.tone !== 'error') setTimeout(() => dismiss(id), TOAST_MS);
}

const ICONS = { info: Info, success: CircleCheck, error: CircleAlert } as const;

/** Where toasts appear; one for a page. */
export function ToastRegion({ label, closeLabel }: { readonly label: string; readonly closeLabel: string }) {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <section
      aria-label={label}
      aria-live="polite"
      className="pointer-events-none fixed bottom-2 left-2 z-50 flex w-[min(320px,calc(100vw-16px))] flex-col gap-2 max-sm:top-2 max-sm:bottom-auto"
    >
      {toasts.map(({ id, tone, title, detail }) => {
        const Icon = ICONS[tone];
        return (
          <div
            key={id}
            role={tone === 'error' ? 'alert' : undefined}
            className="pointer-events-auto flex items-start gap-2 rounded-md border border-line-input bg-panel p-3 shadow-lg"
          >
            <Icon
              aria-hidden
              className={classNames('mt-px size-4 shrink-0', tone === 'error' ? 'text-danger' : 'text-accent')}
            />
            <div className="min-w-0 grow">
              <p className="font-medium">{title}</p>
              {detail !== undefined && <p className="mt-0.5 break-words text-muted">{detail}</p>}
            </div>
            <button
              type="button"
              aria-label={closeLabel}
              onClick={() => dismiss(id)}
              className="-m-1 flex size-6 items-center justify-center rounded text-muted hover:text-text max-sm:size-11"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </div>
        );
      })}
    </section>
  );
}
