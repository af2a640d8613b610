package https

import (
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// names follows the rules for looking a name up, and those of DNS for its parts.
var names = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// Name returns a host name as certificates write it: small letters, names of
// other scripts in their xn-- form. Authorities give nothing for addresses and
// for names without a dot.
func Name(s string) (string, error) {
	name, err := names.ToASCII(strings.TrimSuffix(s, "."))
	if err != nil || !strings.Contains(name, ".") || strings.ContainsAny(name, ":/@*") {
		return "", fmt.Errorf("%q is not a name that a certificate is given for: write it like chat.example.com", s)
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return "", fmt.Errorf("%q is an address, and certificates are given for names like chat.example.com", s)
	}
	return name, nil
}
