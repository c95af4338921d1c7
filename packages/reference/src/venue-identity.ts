/** What the documents say of the venue that serves them. */
export interface VenueIdentity {
  /** Where users reach the venue, without a slash at the end. */
  readonly publicUrl: string;
  /** Version of the program. */
  readonly version: string;
}
