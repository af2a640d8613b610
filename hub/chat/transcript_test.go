package chat

import "testing"

func TestMailboxesBehindAddresses(t *testing.T) {
	for email, want := range map[string]string{
		"ada@example.org": "ada@example.org", "ada+lamps@example.org": "ada@example.org", "ada+a+b@example.org": "ada@example.org", "ada+@example.org": "ada@example.org",
		"a.da@example.org": "a.da@example.org", "+ada@example.org": "+ada@example.org", "ada@ex+ample.org": "ada@ex+ample.org", "ada": "ada", "a+b": "a+b", "": "",
	} {
		if got := Mailbox(email); got != want {
			t.Errorf("%q is counted as %q, want %q", email, got, want)
		}
	}
}
