/** Protocol v1: how a site's own server vouches for its customers. See protocol.ts. */

/** Whom a site talks with. */
export interface IdentityRules {
  /** Only customers who are vouched for begin a conversation, or open a closed one again. */
  required: boolean;
}

/** A secret that signs who customers are, without what it is. */
export interface IdentitySecret {
  kid: string;
  made_at: number;
  /** From when on it is refused; 0 for the current one. */
  retires_at: number;
  /** Of one that was replaced: how many sessions began with it since. */
  uses: number;
  /** When the last of them did; 0 for none. */
  used_at: number;
}

/** Why a signed identity is refused. */
export type IdentityWhy =
  | "too_long"
  | "malformed"
  | "algorithm"
  | "critical"
  | "kid_unknown"
  | "signature"
  | "missing"
  | "expired"
  | "not_yet"
  | "ahead"
  | "audience"
  | "subject"
  | "lasting";

/** Who a signed identity stands for, or why it is refused: customer or why. */
export interface IdentityVerdict {
  customer?: IdentityClaims;
  /** The secret that signed it. */
  kid?: string;
  /** From when on that secret is refused; absent for the current one. */
  retires_at?: number;
  /** The token's exp. */
  expires_at?: number;
  why?: IdentityWhy;
  /** Its alg, kid or aud, or the claim that is missing; for signature the kid of the secret that did sign it. */
  said?: string;
  seconds?: number;
}

/** What a profile takes over from a signed identity. */
export interface IdentityClaims {
  sub: string;
  name: string;
  email: string;
  attributes: Record<string, string>;
}
