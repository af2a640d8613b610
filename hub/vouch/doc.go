// Package vouch reads and makes the tokens by which a site's own server vouches for
// its customers: JWT signed with HS256 and one of the site's identity secrets.
//
// A token is good while all of this holds: its kid names a secret that works, or it
// has none and the current one signed it; sub is the shop's own id of the customer;
// aud is the site's public key; exp is at most an hour after iat, and both fit our
// clock within half a minute. The algorithm is fixed by the key, never by the token.
//
// What is refused says exactly why, as a Refusal, and repeats nothing that could be
// used: no token is ever kept or logged.
package vouch
