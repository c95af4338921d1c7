import { ApiError, OpenVenueError, UnavailableError } from '@openvenue/api-client';
import { Button, Dialog, showToast, TextInput } from '@openvenue/ui';
import { LogOut } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useText } from '../i18n/index.ts';
import { useAuth, useTerminal, useUi } from '../terminal-context.ts';

type Problem = 'refused' | 'limited' | 'unreachable';

/** The button that opens the form, or the one that signs out. */
export function SignInButton() {
  const text = useText();
  const { session, ui } = useTerminal();
  const auth = useAuth();
  if (auth.status === 'signed-in') {
    const leave = () => {
      session.signOut().catch((error: unknown) => {
        if (!(error instanceof OpenVenueError)) throw error;
        showToast({ tone: 'error', title: text.signIn.unreachable });
      });
    };
    return (
      <Button
        size="small"
        onClick={leave}
        aria-label={text.signIn.signOut}
        className="max-sm:h-11 max-sm:w-11 max-sm:bg-transparent"
      >
        <LogOut aria-hidden className="size-3.5" />
        <span className="max-lg:sr-only">{text.signIn.signOut}</span>
      </Button>
    );
  }
  return (
    <Button
      size="small"
      tone="accent"
      disabled={auth.status === 'signing-in'}
      onClick={() => ui.setState({ isSignInOpen: true })}
      className="shrink-0 max-sm:h-11"
    >
      {text.signIn.action}
    </Button>
  );
}

/** The form by which a user of the venue signs in. */
export function SignInDialog() {
  const text = useText();
  const { ui } = useTerminal();
  const isOpen = useUi((state) => state.isSignInOpen);
  const close = () => ui.setState({ isSignInOpen: false });
  return (
    <Dialog title={text.signIn.title} isOpen={isOpen} onClose={close} closeLabel={text.common.close}>
      <SignInForm onDone={close} />
    </Dialog>
  );
}

function SignInForm({ onDone }: { readonly onDone: () => void }) {
  const text = useText();
  const { session } = useTerminal();
  const auth = useAuth();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const isBusy = auth.status === 'signing-in';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    session.signIn({ username, password }).then(onDone, (error: unknown) => setProblem(problemOf(error)));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {auth.status === 'signed-out' && auth.reason === 'ended' && <p className="text-warn">{text.signIn.ended}</p>}
      <TextInput
        label={text.signIn.username}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        minLength={3}
        maxLength={32}
        required
      />
      <TextInput
        label={text.signIn.password}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
        maxLength={64}
        required
        problem={problem === undefined ? undefined : text.signIn[problem]}
      />
      <Button type="submit" tone="accent" size="large" disabled={isBusy}>
        {isBusy ? text.signIn.busy : text.signIn.submit}
      </Button>
    </form>
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof UnavailableError) return 'limited';
  if (error instanceof ApiError) return 'refused';
  if (error instanceof OpenVenueError) return 'unreachable';
  throw error;
}
