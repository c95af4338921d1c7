import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';

/** The symbols that users have marked, of those who have marked any. */
export class FavoriteSymbols {
  /** In the order in which users marked their first; lists are replaced, never changed in place. */
  readonly #byUser = new Map<number, readonly string[]>();

  /** In the user's own order. */
  of(userId: number): readonly string[] {
    return this.#byUser.get(userId) ?? [];
  }

  set(userId: number, symbols: readonly string[]): void {
    if (symbols.length === 0) this.#byUser.delete(userId);
    else this.#byUser.set(userId, [...symbols]);
  }

  save(writer: StateWriter): void {
    writer.list(this.#byUser, ([userId, symbols]) => {
      writer.uint(userId);
      writer.list(symbols, (symbol) => writer.text(symbol));
    });
  }

  static load(reader: StateReader): FavoriteSymbols {
    const favorites = new FavoriteSymbols();
    reader.list(() =>
      favorites.set(
        reader.uint(),
        reader.list(() => reader.text()),
      ),
    );
    return favorites;
  }
}
