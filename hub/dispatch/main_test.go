package dispatch_test

import (
	"flag"
	"os"
	"testing"
)

// Each check is a database of its own, so that there are fewer than elsewhere,
// unless somebody asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		_ = f.Value.Set("20")
	}
	os.Exit(m.Run())
}
